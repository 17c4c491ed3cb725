// Run by runner.test.ts alone.
import { it } from '@jest/globals';

it('is not reached', () => undefined);

throw new Error('planted');
