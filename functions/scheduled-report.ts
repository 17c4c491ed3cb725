import { app } from '@azure/functions';

app.timer('scheduled-report', {
  schedule: '%REPORT_SCHEDULE%',
  useMonitor: true,
  async handler({ isPastDue }, context) {
    // Loaded late, because the host waits for registrations and not for what a run needs.
    const { openPorts } = await import('../lib/host/invocation.ts');
    const { run } = await import('../lib/run/run.ts');
    await run({ ports: openPorts(context), trigger: 'schedule', isPastDue });
  },
});
