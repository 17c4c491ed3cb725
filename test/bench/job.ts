// The whole job in a process of its own: reads, judges, renders and sends, as the timer does.
import type { LogFacts } from '../../lib/log.ts';
import { run } from '../../lib/run/run.ts';
import { keepHeapSmall, MACHINE } from '../../lib/session/ports.ts';
import { printMeasurement } from './measure.ts';

keepHeapSmall();
const count = { rows: 0, signIns: 0 };

await run({
  trigger: 'schedule',
  ports: {
    ...MACHINE,
    environment: process.env,
    onProgress: () => undefined,
    prompt: () => undefined,
    log(level, event, facts = {}) {
      if (event === 'source.read') add(facts);
      else if (level === 'error' || level === 'warn') {
        process.stderr.write(`${event} ${JSON.stringify(facts)}\n`);
      }
    },
  },
});
printMeasurement(count.rows, count.signIns);
process.exit();

function add({ source, rows }: LogFacts): void {
  // Activity is a property of the users' rows.
  if (source !== 'activity') count.rows += Number(rows);
  if (String(source).endsWith('SignIns')) count.signIns += Number(rows);
}
