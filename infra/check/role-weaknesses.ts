import { at, isSame } from './arm-resource.ts';
import type { ArmResource, Expectation, ResourcesOf } from './arm-resource.ts';
import type { Combination } from './combinations.ts';

const ROLES_ON_OWN_RESOURCES = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b', // Storage Blob Data Owner
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3', // Storage Table Data Contributor
  '3913510d-42f4-4e42-8a64-420c390055eb', // Monitoring Metrics Publisher
];
const LOG_ANALYTICS_DATA_READER = '3b03c2da-16b3-4a49-8834-0f8130efdd3b';
/** Its name hangs on the principal, so the compiler gives the id as the call that makes it. */
const NARROW_SCOPE =
  /^\[extensionResourceId\('[^']*\/(?:Microsoft\.Storage\/storageAccounts|Microsoft\.Insights\/components|Microsoft\.OperationalInsights\/workspaces)\/[^/']+', 'Microsoft\.Authorization\/roleAssignments', guid\(/i;

/** What the workspace role may read; every other table is refused. */
const SIGN_IN_TABLES = ['SigninLogs', 'AADNonInteractiveUserSignInLogs', 'Operation'];

/** What has to hold of the Azure roles of the identity. */
export function roleExpectations(all: ResourcesOf, combination: Combination): Expectation[] {
  const assignments = all('Microsoft.Authorization/roleAssignments');
  const allowed = [
    ...ROLES_ON_OWN_RESOURCES,
    ...(combination.readsSignInWorkspace ? [LOG_ANALYTICS_DATA_READER] : []),
  ];
  const granted = assignments.map((assignment) =>
    String(at(assignment, 'roleDefinitionId')).slice(-36),
  );
  return [
    [
      'the identity has exactly its Azure roles',
      [...granted].sort().join() === [...allowed].sort().join(),
    ],
    [
      'each role is assigned on one resource',
      assignments.every(({ id }) => NARROW_SCOPE.test(String(id))),
    ],
    [
      'the role on the workspace of sign-ins reaches its tables of sign-ins and of dropped rows only',
      assignments.every(
        (assignment) =>
          !String(at(assignment, 'roleDefinitionId')).endsWith(LOG_ANALYTICS_DATA_READER) ||
          isForSignInTables(assignment),
      ),
    ],
    [
      'each role goes to a service principal',
      assignments.every((assignment) => at(assignment, 'principalType') === 'ServicePrincipal'),
    ],
  ];
}

function isForSignInTables(assignment: ArmResource): boolean {
  const condition = String(at(assignment, 'condition'));
  const [guard, tables = ''] = condition.split(' OR (');
  return (
    at(assignment, 'conditionVersion') === '2.0' &&
    guard === "((!(ActionMatches{'Microsoft.OperationalInsights/workspaces/tables/data/read'}))" &&
    isSame(
      tables.replace(/\)\)$/, '').split(' OR '),
      SIGN_IN_TABLES.map(
        (table) =>
          `@Resource[Microsoft.OperationalInsights/workspaces/tables:name] StringEquals '${table}'`,
      ),
    )
  );
}
