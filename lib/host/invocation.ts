import type { InvocationContext } from '@azure/functions';
import { RateLimiters } from '../graph/rate-limit.ts';
import { toLogLine } from '../log.ts';
import type { Log } from '../log.ts';
import { keepHeapSmall, MACHINE } from '../session/ports.ts';
import type { Ports } from '../session/ports.ts';
import { wantsDebug } from '../settings/read-settings.ts';

/** A report on demand and a scheduled run count against one limit of Graph. */
const limiters = new RateLimiters(Date.now, MACHINE.sleep);

/** The world as an invocation sees it: app settings, the machine's clock, and the invocation's own log. */
export function openPorts(context: InvocationContext): Ports {
  keepHeapSmall();
  return {
    ...MACHINE,
    environment: process.env,
    limiters,
    log: openLog(context),
    onProgress() {
      // Nobody watches; what was read is logged when it is complete.
    },
    prompt: (message) => context.warn(message),
  };
}

/** Writes events as single lines of JSON at the host's own levels; debug lines only where they are wanted. */
function openLog(context: InvocationContext): Log {
  const isDebugging = wantsDebug(process.env);
  return (level, event, facts) => {
    if (level === 'debug' && !isDebugging) return;
    // The host drops its debug level unless host.json says otherwise, and here the setting decides.
    const write = { debug: 'log', info: 'log', warn: 'warn', error: 'error' } as const;
    context[write[level]](toLogLine(event, facts));
  };
}
