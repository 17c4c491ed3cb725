import { at, isSame } from './arm-resource.ts';
import type { Expectation, ResourcesOf } from './arm-resource.ts';
import { PUBLIC_CALLERS } from './combinations.ts';
import type { Combination } from './combinations.ts';

/** What has to hold of the storage account. */
export function storageExpectations(
  all: ResourcesOf,
  { network, hasPublicStorageCallers, isZoneRedundant, isLocked }: Combination,
): Expectation[] {
  const [account] = all('Microsoft.Storage/storageAccounts');
  const isClosed = network !== 'none';
  const rules = (kind: string, key: string) =>
    ((at(account, 'networkAcls', kind) ?? []) as readonly Record<string, unknown>[]).map(
      (rule) => rule[key],
    );
  const passing = hasPublicStorageCallers ? PUBLIC_CALLERS : undefined;
  const locks = all('Microsoft.Authorization/locks');
  return [
    ['no key opens the storage account', at(account, 'allowSharedKeyAccess') === false],
    ['no blob is public', at(account, 'allowBlobPublicAccess') === false],
    ['storage asks for TLS 1.2', at(account, 'minimumTlsVersion') === 'TLS1_2'],
    ['storage answers https only', at(account, 'supportsHttpsTrafficOnly') === true],
    [
      'the public endpoint of storage is closed where there is a network, but for the named callers',
      at(account, 'publicNetworkAccess') ===
        (isClosed && passing === undefined ? 'Disabled' : 'Enabled') &&
        at(account, 'networkAcls', 'bypass') === 'None' &&
        at(account, 'networkAcls', 'defaultAction') === (isClosed ? 'Deny' : 'Allow'),
    ],
    [
      'exactly the named callers pass the firewall of storage',
      isSame(rules('ipRules', 'value'), passing === undefined ? [] : [passing.address]) &&
        isSame(rules('virtualNetworkRules', 'id'), passing === undefined ? [] : [passing.subnet]) &&
        isSame(
          rules('resourceAccessRules', 'resourceId'),
          passing === undefined ? [] : [passing.resource],
        ),
    ],
    [
      'storage is spread over zones where the app is',
      account?.sku?.['name'] === (isZoneRedundant ? 'Standard_ZRS' : 'Standard_LRS'),
    ],
    [
      'the storage account is locked against deletion where that is asked for',
      isSame(
        locks.map((lock) => at(lock, 'level')),
        isLocked ? ['CanNotDelete'] : [],
      ) && locks.every(({ id }) => /\/storageAccounts\/[^/]+\/providers\//.test(id ?? '')),
    ],
  ];
}
