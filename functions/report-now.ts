import { app } from '@azure/functions';
import { openPorts } from '../lib/host/invocation.ts';

// A front end gives up waiting for the answer after 230 seconds; the run goes on and its mail comes all the same.
app.http('report-now', {
  methods: ['POST'],
  authLevel: 'function',
  async handler({ query }, context) {
    const { answerOnDemand } = await import('../lib/host/answer-on-demand.ts');
    return answerOnDemand(query, openPorts(context));
  },
});
