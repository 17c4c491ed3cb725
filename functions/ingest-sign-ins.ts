import { app } from '@azure/functions';

app.timer('ingest-sign-ins', {
  schedule: '%INGEST_SCHEDULE%',
  useMonitor: true,
  async handler({ isPastDue }, context) {
    // Loaded late, because the host waits for registrations and not for what a run needs.
    const { openPorts } = await import('../lib/host/invocation.ts');
    const { ingest } = await import('../lib/run/ingest.ts');
    await ingest({ ports: openPorts(context), isPastDue });
  },
});
