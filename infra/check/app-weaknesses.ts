import settingNames from '../settings.json' with { type: 'json' };
import { at, isSame } from './arm-resource.ts';
import type { Expectation, Json, ResourcesOf } from './arm-resource.ts';
import { APP_SUBNET, CALLERS, PUBLISHERS } from './combinations.ts';
import type { Combination } from './combinations.ts';
import { FLEX_REFUSED_SETTINGS, HOST_SETTINGS } from './host-settings.ts';

/** What has to hold of the function app and its plan. */
export function appExpectations(all: ResourcesOf, combination: Combination): Expectation[] {
  const [app] = all('Microsoft.Web/sites');
  const [plan] = all('Microsoft.Web/serverfarms');
  // Where a value is known only in Azure, the settings stay an expression, which names them all the same.
  const settings = JSON.stringify(at(app, 'siteConfig', 'appSettings') ?? '');
  const names = (name: string) => new RegExp(`["']${name}["']`).test(settings);
  const callers = (kind: string) =>
    ((at(app, 'siteConfig', kind) ?? []) as readonly Json[]).map((rule) => rule['ipAddress']);
  const version = combination.wantsNewestTls ? '1.3' : '1.2';
  return [
    ['the app answers https only', at(app, 'httpsOnly') === true],
    [
      'the app and its SCM site ask for the version of TLS that is asked for',
      ['minTlsVersion', 'scmMinTlsVersion'].every((key) => at(app, 'siteConfig', key) === version),
    ],
    ['remote debugging is off', at(app, 'siteConfig', 'remoteDebuggingEnabled') === false],
    [
      'the app is closed but for the named callers',
      at(app, 'siteConfig', 'ipSecurityRestrictionsDefaultAction') === 'Deny' &&
        isSame(callers('ipSecurityRestrictions'), combination.hasCallers ? [CALLERS] : []),
    ],
    [
      'the SCM site is open for publishing, or to the named publishers only',
      at(app, 'siteConfig', 'scmIpSecurityRestrictionsDefaultAction') ===
        (combination.hasPublishers ? 'Deny' : 'Allow') &&
        isSame(callers('scmIpSecurityRestrictions'), combination.hasPublishers ? [PUBLISHERS] : []),
    ],
    [
      'publishing with a password is off for ftp and scm',
      all('Microsoft.Web/sites/basicPublishingCredentialsPolicies').filter(
        (policy) => at(policy, 'allow') === false,
      ).length === 2,
    ],
    ['the app has a user-assigned identity only', app?.identity?.['type'] === 'UserAssigned'],
    [
      'the package is read with that identity',
      at(app, 'functionAppConfig', 'deployment', 'storage', 'authentication', 'type') ===
        'UserAssignedIdentity',
    ],
    ['the runtime is Node 24', at(app, 'functionAppConfig', 'runtime', 'version') === '24'],
    [
      'the app calls through the network where there is one',
      isSubnetOf(at(app, 'virtualNetworkSubnetId'), combination),
    ],
    [
      'the app is spread over zones where that is asked for',
      at(plan, 'zoneRedundant') === combination.isZoneRedundant,
    ],
    ['every setting is passed', [...settingNames, ...HOST_SETTINGS].every(names)],
    [
      'the workspace of sign-ins is passed where there is one',
      names('SIGN_IN_WORKSPACE_ID') === combination.readsSignInWorkspace,
    ],
    ['no setting that Flex Consumption refuses is passed', !FLEX_REFUSED_SETTINGS.some(names)],
  ];
}

/** A subnet that is made here is known only in Azure. */
function isSubnetOf(subnet: unknown, { network }: Combination): boolean {
  if (network === 'none') return !subnet;
  return network === 'brought' ? subnet === APP_SUBNET : Boolean(subnet);
}
