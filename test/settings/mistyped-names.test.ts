import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { FIELDS } from '../../lib/settings/fields.ts';
import { mistypedNames } from '../../lib/settings/mistyped-names.ts';
import { readSettings } from '../../lib/settings/read-settings.ts';

const BICEP_PARAMETERS = readFileSync(
  join(import.meta.dirname, '../../infra/main.bicepparam'),
  'utf8',
);

describe('mistypedNames', () => {
  it.each([
    ['SEND_WHENN', 'SEND_WHEN'],
    ['EMIAL_TO', 'EMAIL_TO'],
    ['MAIL_TO', 'EMAIL_TO'],
    ['EMAIL_FORM', 'EMAIL_FROM'],
    ['REPORT-SCHEDULE', 'REPORT_SCHEDULE'],
    ['report_schedule', 'REPORT_SCHEDULE'],
    ['BREAKGLASS_ACCOUNT', 'BREAK_GLASS_ACCOUNTS'],
  ])('takes %s for %s', (name, meant) => {
    expect(mistypedNames({ [name]: 'x' })).toEqual([{ name, meant }]);
  });

  it('takes no setting, no variable of the deployment and nothing usual for a slip', () => {
    const names = [
      ...Object.values(FIELDS).map(({ setting }) => setting),
      ...[...BICEP_PARAMETERS.matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(
        ([, name = '']) => name,
      ),
      'PATH',
      'HOME',
      'EMAIL',
      'EMAIL_ID',
      'TZ',
      'DEBUG',
      'AZURE_TENANT_ID',
      'AZURE_CLIENT_SECRET',
      'AzureWebJobsStorage',
      'WEBSITE_TIME_ZONE',
      'FUNCTIONS_WORKER_RUNTIME',
      'IDENTITY_ENDPOINT',
    ];

    expect(mistypedNames(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([]);
  });

  it('leaves alone what is empty', () => {
    expect(mistypedNames({ EMIAL_TO: ' ' })).toEqual([]);
  });
});

describe('a setting that is missing', () => {
  it('is looked for under the names that resemble it', () => {
    const environment = { EMAIL_FROM: 'a@contoso.example', EMIAL_TO: 'b@contoso.example' };

    expect(() => readSettings(environment, { isSending: true })).toThrow(
      /EMIAL_TO is set: did you mean EMAIL_TO\?/,
    );
  });
});
