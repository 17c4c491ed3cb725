import { describe, expect, it } from '@jest/globals';
import {
  applicationIndex,
  APPLICATIONS,
  applicationsOfYears,
  ENFORCEMENT_YEARS,
} from '../../lib/entra/applications.ts';

const ARM = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
const GRAPH = '00000003-0000-0000-c000-000000000000';

describe('applicationIndex', () => {
  it.each([
    ['c44b4083-3bb0-49c1-b47d-974e53cbdf3c', GRAPH, 'Azure portal, Entra and Intune admin centres'],
    ['c44b4083-3bb0-49c1-b47d-974e53cbdf3c', ARM, 'Azure portal, Entra and Intune admin centres'],
    ['618dd325-23f6-4b6f-8380-4df78026e39b', GRAPH, 'Microsoft 365 admin centre'],
    ['04b07795-8ddb-461a-bbee-02f9e1bf7b46', ARM, 'Azure CLI'],
    ['1950a258-227b-4e31-a9cf-717495945fc2', ARM, 'Azure PowerShell'],
    ['0c1307d4-29d6-4389-a11c-5cbe7f65d7fa', ARM, 'Azure mobile app'],
    ['7e6f1a52-9b0c-4d83-8a4e-5c2d90b1f3a7', ARM, 'Azure Resource Manager by another client'],
    [undefined, ARM, 'Azure Resource Manager by another client'],
    ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', GRAPH, undefined],
    [undefined, 'radius', undefined],
    [undefined, undefined, undefined],
  ])('counts client %s for resource %s under %s', (appId, resourceId, name) => {
    expect(APPLICATIONS[applicationIndex(appId, resourceId)]?.name).toBe(name);
  });
});

describe('applicationsOfYears', () => {
  it.each([
    [
      [2024, 2025],
      [true, true, true, true, true, true],
    ],
    [[2024], [true, false, false, false, false, false]],
    [[2025], [false, true, true, true, true, true]],
  ])('of %j are %j', (years, selected) => {
    expect(applicationsOfYears(years)).toEqual(selected);
  });

  it('knows the same years as the setting', () => {
    const years = new Set(APPLICATIONS.map(({ enforcedFrom }) => Number(enforcedFrom.slice(0, 4))));

    expect([...years]).toEqual(ENFORCEMENT_YEARS);
  });
});
