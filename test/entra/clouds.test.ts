import { describe, expect, it } from '@jest/globals';
import { cloudOf } from '../../lib/entra/clouds.ts';

describe('cloudOf', () => {
  it.each([
    ['https://graph.microsoft.com', 'login.microsoftonline.com', 'entra.microsoft.com'],
    ['https://graph.microsoft.us', 'login.microsoftonline.us', 'entra.microsoft.us'],
    ['https://dod-graph.microsoft.us', 'login.microsoftonline.us', 'entra.microsoft.us'],
    [
      'https://microsoftgraph.chinacloudapi.cn',
      'login.chinacloudapi.cn',
      'entra.microsoftonline.cn',
    ],
    ['http://127.0.0.1:8080', 'login.microsoftonline.com', 'entra.microsoft.com'],
  ])('signs in for %s at %s and links to %s', (endpoint, authority, portal) => {
    expect(cloudOf(new URL(endpoint))).toEqual({
      authority: `https://${authority}`,
      portal: `https://${portal}`,
    });
  });
});
