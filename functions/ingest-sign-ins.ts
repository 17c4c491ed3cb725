import { app } from '@azure/functions';
import { openPorts } from '../lib/host/invocation.ts';

app.timer('ingest-sign-ins', {
  schedule: '%INGEST_SCHEDULE%',
  useMonitor: true,
  async handler({ isPastDue }, context) {
    // Loaded late, because the host waits for registrations and not for what a run needs.
    const { ingest } = await import('../lib/run/ingest.ts');
    await ingest({ ports: openPorts(context), isPastDue });
  },
});
