import { describe } from '@jest/globals';
import { itSurvivesBeingKilled } from '../support/crash-sweep.ts';

describe('a process that is killed over a later report', () => {
  itSurvivesBeingKilled('later');
});
