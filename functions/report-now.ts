import { app } from '@azure/functions';

// A front end gives up waiting for the answer after 230 seconds; the run goes on and its mail comes all the same.
app.http('report-now', {
  methods: ['POST'],
  authLevel: 'function',
  async handler({ query }, context) {
    // Loaded late, because the host waits for registrations and not for what a run needs.
    const { openPorts } = await import('../lib/host/invocation.ts');
    const { answerOnDemand } = await import('../lib/host/answer-on-demand.ts');
    return answerOnDemand(query, openPorts(context));
  },
});
