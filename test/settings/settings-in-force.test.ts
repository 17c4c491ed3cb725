import { describe, expect, it } from '@jest/globals';
import { othersInForce, settingsInForce } from '../../lib/settings/settings-in-force.ts';

const ENVIRONMENT = {
  EMAIL_TO: 'a@contoso.example; b@contoso.example',
  SEND_WHEN: 'Always',
  DAYS_TO_CHECK_LOGS: 'many',
  EMAIL_CC: ' ',
  AZURE_CLIENT_SECRET: 'a-secret',
  AzureWebJobsStorage: 'AccountKey=a-secret',
};

function inForce(setting: string, isRevealing = false) {
  return settingsInForce(ENVIRONMENT, { fromFile: new Set(['SEND_WHEN']), isRevealing }).find(
    (each) => each.setting === setting,
  );
}

describe('settingsInForce', () => {
  it('says where a value comes from, and the default beside it', () => {
    expect(inForce('SEND_WHEN')).toMatchObject({
      value: 'Always',
      source: 'file',
      fallback: 'hits',
    });
    expect(inForce('STOPPED_DAYS')).toMatchObject({ value: '14', source: 'default' });
    expect(inForce('EMAIL_CC')).toMatchObject({ value: '', source: 'default' });
  });

  it('counts addresses unless somebody asks for them', () => {
    expect(inForce('EMAIL_TO')).toMatchObject({ value: '2 addresses', source: 'environment' });
    expect(inForce('EMAIL_TO', true)?.value).toBe(ENVIRONMENT.EMAIL_TO);
  });

  it('says what is wrong with a value', () => {
    expect(inForce('DAYS_TO_CHECK_LOGS')?.problem).toMatch(/^must be a whole number/);
    expect(inForce('SEND_WHEN')?.problem).toBeUndefined();
  });
});

describe('othersInForce', () => {
  it('names what holds a secret, and never what is in it', () => {
    expect(othersInForce(ENVIRONMENT)).toEqual(['AzureWebJobsStorage', 'AZURE_CLIENT_SECRET']);
  });
});
