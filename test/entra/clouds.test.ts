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
    expect(cloudOf(new URL(endpoint))).toMatchObject({
      authority: `https://${authority}`,
      portal: `https://${portal}`,
    });
  });

  it.each([
    ['https://graph.microsoft.com', true],
    ['https://graph.microsoft.us', false],
    ['https://dod-graph.microsoft.us', false],
    ['https://microsoftgraph.chinacloudapi.cn', false],
  ])('knows whether mandatory MFA is enforced at %s: %j', (endpoint, isEnforced) => {
    expect(cloudOf(new URL(endpoint)).isMfaEnforced).toBe(isEnforced);
  });
});
