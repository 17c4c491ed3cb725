import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import names from '../../infra/settings.json' with { type: 'json' };
import { FIELDS } from '../../lib/settings/fields.ts';
import type { Field } from '../../lib/settings/kinds.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, '../../infra', file), 'utf8');
const main = read('main.bicep');
const fields: readonly Field<unknown>[] = Object.values(FIELDS);

/** The parameters of main.bicep: decorators, type and default of each. */
const parameters = Object.fromEntries(
  [...main.matchAll(/((?:^@.*\n(?:^[ \]].*\n)*)+)^param (\w+) (.+?)(?: = (.+))?$/gm)].map(
    ([, decorators = '', name = '', type = '', fallback = '']) => [
      name,
      { decorators, type, fallback: fallback.replaceAll("'", '') },
    ],
  ),
);

/** Which parameter decides which setting, from the table in main.bicep. */
const decidedBy = Object.fromEntries(
  [...main.matchAll(/^  ([A-Z][A-Z0-9_]+): (.+)$/gm)].map(([, setting = '', value = '']) => [
    setting,
    value,
  ]),
);
const parameterOf = (setting: string) =>
  setting.toLowerCase().replace(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());

// Decided by the identity, in function-app.bicep.
const OF_THE_IDENTITY = ['GRAPH_AUTH', 'AZURE_CLIENT_ID'];
// Taken from the workspace of sign-ins, and passed only where there is one.
const OF_THE_WORKSPACE = 'SIGN_IN_WORKSPACE_ID';

describe('settings.json', () => {
  it('names every setting of the product and no other', () => {
    const always = fields.filter(({ setting }) => setting !== OF_THE_WORKSPACE);

    expect([...names].sort()).toEqual(always.map(({ setting }) => setting).sort());
  });

  it('is what the function app passes', () => {
    expect(read('function-app.bicep')).toContain(
      "toObject(loadJsonContent('settings.json'), key => key, key => productSettings[key])",
    );
  });

  it('leaves the workspace of sign-ins to a deployment that has one', () => {
    expect(read('function-app.bicep')).toContain(
      `empty(signInWorkspaceId) ? {} : { ${OF_THE_WORKSPACE}: signInWorkspaceId }`,
    );
    expect(read('sign-in-workspace.bicep')).toContain(
      'output workspaceId string = workspace.properties.customerId',
    );
  });

  it('has a value for every name: from a parameter, or from the identity', () => {
    const ofTheIdentity = OF_THE_IDENTITY.filter((name) =>
      new RegExp(`^  ${name}: `, 'm').test(read('function-app.bicep')),
    );

    expect([...Object.keys(decidedBy), ...ofTheIdentity].sort()).toEqual([...names].sort());
  });
});

describe('main.bicep', () => {
  const settings = fields.filter(
    ({ setting }) => ![...OF_THE_IDENTITY, OF_THE_WORKSPACE].includes(setting),
  );

  it.each(settings)('has a parameter for $setting, described by its name', ({ setting }) => {
    const parameter = parameters[parameterOf(setting)];

    expect(parameter?.decorators).toContain(`@description('${setting}: `);
    expect(main.slice(main.indexOf(`  ${setting}: `))).toMatch(
      new RegExp(`^.*\\b${parameterOf(setting)}\\b`),
    );
  });

  it.each(settings)('gives $setting the default of the product', ({ setting, fallback }) => {
    const parameter = parameters[parameterOf(setting)];

    // In the function the memory is in blobs, which is what the empty default means there.
    expect(parameter?.fallback).toBe(setting === 'STATE_LOCATION' ? 'blob' : fallback);
  });

  it.each(settings.filter(({ kind }) => kind.startsWith('whole number')))(
    'keeps $setting within the bounds of the product',
    ({ setting, kind }) => {
      const [least, most] = kind.match(/\d+/g)!.map(Number);
      const { decorators = '' } = parameters[parameterOf(setting)] ?? {};
      const bound = (name: string) =>
        Number(new RegExp(`@${name}\\((\\d+)\\)`).exec(decorators)?.[1]);

      expect(bound('minValue')).toBeGreaterThanOrEqual(least!);
      expect(bound('maxValue')).toBeLessThanOrEqual(most!);
    },
  );

  it.each(settings.filter(({ kind }) => kind === 'true or false'))(
    'passes $setting in lower case',
    ({ setting }) => {
      expect(decidedBy[setting]).toMatch(/^toLower\(string\(/);
    },
  );

  it('allows the words of the product where a setting is one of a few', () => {
    expect(parameters['sendWhen']?.decorators).toContain("@allowed(['hits', 'changes', 'always'])");
    expect(parameters['graphEndpoint']?.decorators.match(/https:\/\/[\w.-]+/g)).toHaveLength(4);
  });

  it('never leaves a schedule empty, because the host could not load the functions', () => {
    expect(parameters['reportSchedule']?.decorators).toContain('@minLength(9)');
    expect(parameters['ingestSchedule']?.decorators).toContain('@minLength(9)');
  });

  it('describes every parameter', () => {
    const all = [...main.matchAll(/^param (\w+)/gm)].map(([, name]) => name!);

    expect(Object.keys(parameters).sort()).toEqual(all.sort());
  });

  it('ends a run before the host does', () => {
    const host = JSON.parse(readFileSync(join(import.meta.dirname, '../../host.json'), 'utf8')) as {
      functionTimeout?: string;
    };
    const [hours, minutes] = (host.functionTimeout ?? '00:30:00').split(':').map(Number);

    const most = /@maxValue\((\d+)\)/.exec(
      parameters['runTimeLimitMinutes']?.decorators ?? '',
    )?.[1];
    expect(Number(most)).toBeLessThan(hours! * 60 + minutes!);
  });
});

describe('main.bicepparam', () => {
  const assigned = [
    ...read('main.bicepparam').matchAll(
      /^param (\w+) = .*?readEnvironmentVariable\('(\w+)', '(.*?)'\)/gm,
    ),
  ].map(([, parameter, variable, fallback]) => ({
    parameter: parameter!,
    variable: variable!,
    fallback: fallback!,
  }));

  it('assigns every parameter from an environment variable with a default, but the region and the date', () => {
    const all = Object.keys(parameters).filter((name) => !['location', 'thisMonth'].includes(name));

    expect(assigned.map(({ parameter }) => parameter).sort()).toEqual(all.sort());
  });

  it.each(assigned.filter(({ variable }) => (names as readonly string[]).includes(variable!)))(
    'gives $variable the default of the parameter',
    ({ parameter, variable, fallback }) => {
      expect(parameterOf(variable!)).toBe(parameter);
      expect(fallback).toBe(parameters[parameter!]?.fallback);
    },
  );

  it('takes every setting that a parameter decides from a variable of the same name', () => {
    const variables = assigned.map(({ variable }) => variable);

    expect(variables).toEqual(expect.arrayContaining(Object.keys(decidedBy)));
  });
});
