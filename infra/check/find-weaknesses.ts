import { alarmExpectations } from './alarm-weaknesses.ts';
import { appExpectations } from './app-weaknesses.ts';
import type { ArmResource, ResourcesOf } from './arm-resource.ts';
import type { Combination } from './combinations.ts';
import { logExpectations } from './log-weaknesses.ts';
import { networkExpectations } from './network-weaknesses.ts';
import { roleExpectations } from './role-weaknesses.ts';
import { storageExpectations } from './storage-weaknesses.ts';

/** One sentence for each property that the resources of a combination lack; empty where all is well. */
export function findWeaknesses(
  resources: readonly ArmResource[],
  combination: Combination,
): readonly string[] {
  const byType = Map.groupBy(resources, ({ type }) => type.toLowerCase());
  const all: ResourcesOf = (type) => byType.get(type.toLowerCase()) ?? [];
  const expectations = [
    ...storageExpectations(all, combination),
    ...appExpectations(all, combination),
    ...roleExpectations(all, combination),
    ...alarmExpectations(all, combination),
    ...logExpectations(all, combination),
    ...networkExpectations(all, combination),
  ];
  return expectations.filter(([, holds]) => !holds).map(([sentence]) => `not so: ${sentence}`);
}
