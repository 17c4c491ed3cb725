import type { InvocationContext } from '@azure/functions';
import { MailerError } from '../errors.ts';
import { RateLimiters } from '../graph/rate-limit.ts';
import { toLogLine } from '../log.ts';
import type { Log } from '../log.ts';
import { failureFacts } from '../run/open-run.ts';
import { keepHeapSmall, MACHINE } from '../session/ports.ts';
import type { Ports } from '../session/ports.ts';
import { wantsDebug } from '../settings/read-settings.ts';

/** A report on demand and a scheduled run count against one limit of Graph. */
const limiters = new RateLimiters(Date.now, MACHINE.sleep);

/** The oldest Node whose JavaScript is what the sources are written in. */
const OLDEST_NODE = 22;

/**
 * The world as an invocation sees it: app settings, the machine's clock, and the invocation's own log. Throws on a Node
 * that is too old, which would end a run at its first page and not say why.
 */
export function openPorts(context: InvocationContext, node = process.versions.node): Ports {
  const log = openLog(context);
  if (Number.parseInt(node, 10) < OLDEST_NODE) {
    const error = new MailerError(
      'settings_invalid',
      `The function app runs on Node ${node}: set its runtime version to Node 24; ${OLDEST_NODE} is the oldest that works.`,
    );
    log('error', 'run.failed', failureFacts(error));
    throw error;
  }
  keepHeapSmall();
  return {
    ...MACHINE,
    environment: process.env,
    limiters,
    log,
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
