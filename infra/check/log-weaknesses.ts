import { at, isSame } from './arm-resource.ts';
import type { Expectation, ResourcesOf } from './arm-resource.ts';
import { AUDIT_DAYS } from './combinations.ts';
import type { Combination } from './combinations.ts';

/** What has to hold of the logs: who may write them, what is recorded, how long it is kept. */
export function logExpectations(
  all: ResourcesOf,
  { logsQueries, keepsAuditLogs }: Combination,
): Expectation[] {
  const [component] = all('Microsoft.Insights/components');
  const [workspace] = all('Microsoft.OperationalInsights/workspaces');
  const tables = all('Microsoft.OperationalInsights/workspaces/tables');
  const recorded = all('Microsoft.Insights/diagnosticSettings').map((setting) => {
    const logs = (at(setting, 'logs') ?? []) as readonly Record<string, unknown>[];
    return logs.filter((log) => log['enabled'] === true).map((log) => String(log['category']));
  });
  const access = ['StorageRead', 'StorageWrite', 'StorageDelete'];
  const wanted = [['FunctionAppLogs'], access, access, ...(logsQueries ? [['Audit']] : [])];
  return [
    ['Application Insights takes Entra tokens only', at(component, 'DisableLocalAuth') === true],
    [
      'the workspace takes Entra tokens only',
      at(workspace, 'features', 'disableLocalAuth') === true,
    ],
    [
      'the app, every access to blobs and tables, and queries where that is asked for, are recorded',
      isSame(recorded.map(String).sort(), wanted.map(String).sort()),
    ],
    [
      'the records of access are kept as long as is asked for',
      isSame(
        tables.map((table) => [
          table.name?.split('/').at(-1),
          at(table, 'plan'),
          at(table, 'totalRetentionInDays'),
        ]),
        keepsAuditLogs
          ? ['StorageBlobLogs', 'StorageTableLogs', 'LAQueryLogs'].map((name) => [
              name,
              'Analytics',
              AUDIT_DAYS,
            ])
          : [],
      ),
    ],
  ];
}
