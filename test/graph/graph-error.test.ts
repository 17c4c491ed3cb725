import { describe, expect, it } from '@jest/globals';
import { MailerError } from '../../lib/errors.ts';
import { toGraphError } from '../../lib/graph/graph-error.ts';
import { toCause } from '../../lib/sources/coverage.ts';

function errorOf(status: number, body: unknown): MailerError {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return toGraphError({ status, headers: { 'request-id': 'r-1' }, body: Buffer.from(text) }, 'x');
}

const coded = (code: string) => ({ error: { code, message: 'About adele@contoso.example' } });

describe('toGraphError', () => {
  it.each([
    [401, coded('InvalidAuthenticationToken'), 'graph_denied'],
    [403, coded('Authorization_RequestDenied'), 'graph_denied'],
    [403, coded('Authentication_RequestFromNonPremiumTenantOrB2CTenant'), 'graph_unlicensed'],
    [400, coded('AuthenticationRequestFromNonPremiumTenantOrB2CTenant'), 'graph_unlicensed'],
    [400, coded('AadPremiumLicenseRequired'), 'graph_unlicensed'],
    [400, coded('BadRequest'), 'graph_refused'],
    [404, coded('ResourceNotFound'), 'graph_refused'],
    [501, coded('NotImplemented'), 'graph_refused'],
    [408, coded('Timeout'), 'graph_unreachable'],
    [502, '<html><body>Bad gateway</body></html>', 'graph_unreachable'],
    [429, coded('TooManyRequests'), 'graph_throttled'],
    [304, '', 'graph_unexpected'],
  ])('calls %i %j %s', (status, body, code) => {
    expect(errorOf(status, body).code).toBe(code);
  });

  it.each(['innerError', 'innererror'])('takes the most specific code under %s', (name) => {
    const error = errorOf(403, {
      error: { code: 'Forbidden', [name]: { code: 'AadPremiumLicenseRequired' } },
    });

    expect(error.code).toBe('graph_unlicensed');
    expect(error.facts).toEqual({
      status: 403,
      graphCode: 'AadPremiumLicenseRequired',
      requestId: 'r-1',
    });
  });

  it('prefers a word to the status that Graph repeats inside', () => {
    const error = errorOf(429, { error: { code: 'TooManyRequests', innerError: { code: '429' } } });

    expect(error.facts['graphCode']).toBe('TooManyRequests');
  });

  it.each([
    { error: null },
    null,
    [],
    '',
    '<html>',
    { error: { code: '', innerError: null } },
    { error: { code: 7 } },
    { error: { code: 'adele vance <adele@contoso.example>' } },
  ])('makes no code of %j', (body) => {
    expect(errorOf(400, body).facts['graphCode']).toBeUndefined();
  });

  it('ends on an error that holds itself over and over', () => {
    let nested: unknown = { code: 'Innermost' };
    for (let depth = 0; depth < 1000; depth += 1) nested = { code: 'Outer', innerError: nested };

    expect(errorOf(400, { error: nested }).facts['graphCode']).toBe('Outer');
  });

  it('repeats nothing that Graph wrote in words', () => {
    const error = errorOf(403, coded('Authorization_RequestDenied'));

    expect(JSON.stringify([error.message, error.facts])).not.toContain('adele');
  });
});

describe('toCause', () => {
  it.each([
    ['graph_unlicensed', 'licence'],
    ['graph_denied', 'consent'],
    ['run_deadline', 'deadline'],
    ['graph_throttled', 'fault'],
    ['graph_refused', 'fault'],
    ['graph_unexpected', 'fault'],
    ['graph_unreachable', 'fault'],
    ['token_unavailable', 'fault'],
  ] as const)('tells the reader of %s as %s, with a remedy', (code, kind) => {
    const cause = toCause(new MailerError(code, 'Something happened.'));

    expect(cause.kind).toBe(kind);
    expect(cause.because).not.toMatch(/\.$/);
    expect(cause.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('tells of a fault that nobody expected without its words', () => {
    expect(toCause(new TypeError('adele@contoso.example')).because).toBe('Graph did not answer');
  });

  it('says which answer it was', () => {
    expect(toCause(errorOf(502, '<html>')).because).toBe('Graph did not answer (502)');
    expect(toCause(errorOf(403, coded('Forbidden'))).because).toBe(
      'Graph refused access (Forbidden)',
    );
  });
});
