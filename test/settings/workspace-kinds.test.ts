import { describe, expect, it } from '@jest/globals';
import { cloudOf } from '../../lib/entra/clouds.ts';
import { readSettings } from '../../lib/settings/read-settings.ts';
import { workspaceEndpoint, workspaceId } from '../../lib/settings/workspace-kinds.ts';

const ID = '1B2C3D4E-0000-4000-8000-00000000000A';
const RESOURCE_ID =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w';

describe('SIGN_IN_WORKSPACE_ID', () => {
  const field = workspaceId('X', '');

  it('takes a GUID of any case, and nothing', () => {
    expect(field.read(ID)).toEqual({ value: ID.toLowerCase() });
    expect(field.read('')).toEqual({ value: '' });
  });

  it('says what is wanted where a resource id is given', () => {
    expect(field.read(RESOURCE_ID)).toEqual({
      problem: expect.stringMatching(/^is a resource id; expected the GUID .*Workspace ID/),
    });
  });

  it('refuses a name', () => {
    expect(field.read('my-workspace')).toEqual({ problem: expect.stringContaining('GUID') });
  });
});

describe('SIGN_IN_WORKSPACE_ENDPOINT', () => {
  const field = workspaceEndpoint('X', '');

  it.each([
    ['https://api.loganalytics.us', 'https://api.loganalytics.us/'],
    ['https://api.loganalytics.us/v1', 'https://api.loganalytics.us/'],
    ['https://api.loganalytics.us/v1/', 'https://api.loganalytics.us/'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
  ])('takes %s as the root %s', (text, root) => {
    expect(field.read(text)).toEqual({ value: new URL(root) });
  });

  it.each([
    'http://api.loganalytics.us',
    'https://api.loganalytics.us/v1/workspaces',
    'https://user:secret@api.loganalytics.us',
    'https://api.loganalytics.us?x=1',
    'api.loganalytics.us',
  ])('refuses %s', (text) => {
    expect(field.read(text)).toEqual({ problem: expect.stringMatching(/^must be the root/) });
  });

  it.each([
    [
      'https://graph.microsoft.com',
      'https://api.loganalytics.azure.com',
      'https://api.loganalytics.io',
    ],
    ['https://graph.microsoft.us', 'https://api.loganalytics.us', 'https://api.loganalytics.us'],
    [
      'https://dod-graph.microsoft.us',
      'https://api.loganalytics.us',
      'https://api.loganalytics.us',
    ],
    [
      'https://microsoftgraph.chinacloudapi.cn',
      'https://api.loganalytics.azure.cn',
      'https://api.loganalytics.azure.cn',
    ],
  ])('is that of the cloud of %s where it is empty', (graph, endpoint, audience) => {
    expect(cloudOf(new URL(graph)).logs).toEqual({ endpoint, audience });
  });
});

describe('SIGN_IN_SOURCE', () => {
  const read = (environment: Readonly<Record<string, string>>) =>
    readSettings(environment, { isSending: false });

  it('is auto, which needs no workspace', () => {
    expect(read({})).toMatchObject({ signInSource: 'auto', signInWorkspaceId: '' });
  });

  it('needs a workspace to name where it is log-analytics', () => {
    expect(() => read({ SIGN_IN_SOURCE: 'log-analytics' })).toThrow(
      /SIGN_IN_WORKSPACE_ID: is missing/,
    );
  });

  it('contradicts INCLUDE_SIGN_IN_LOG where it is log-analytics, and both are named', () => {
    const settings = {
      SIGN_IN_SOURCE: 'log-analytics',
      SIGN_IN_WORKSPACE_ID: ID,
      INCLUDE_SIGN_IN_LOG: 'true',
    };

    expect(() => read(settings)).toThrow(/INCLUDE_SIGN_IN_LOG: .*SIGN_IN_SOURCE/);
    expect(() => read({ ...settings, SIGN_IN_SOURCE: 'auto' })).not.toThrow();
  });
});
