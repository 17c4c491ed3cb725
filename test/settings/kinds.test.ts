import { describe, expect, it } from '@jest/globals';
import { isObjectId } from '../../lib/guid.ts';
import {
  addresses,
  choice,
  container,
  count,
  flag,
  graphEndpoint,
  isLoopback,
  list,
  locale,
  mailbox,
  schedule,
  text,
  timeZone,
  years,
} from '../../lib/settings/kinds.ts';
import type { Field } from '../../lib/settings/kinds.ts';
import { inHostZone, nextOccurrences } from '../../lib/settings/schedule.ts';

const about = ['A_SETTING', '', 'A meaning.'] as const;

function valueOf<Value>(field: Field<Value>, given: string): Value | 'refused' {
  const reading = field.read(given);
  return 'problem' in reading ? 'refused' : reading.value;
}

describe('flag', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['fAlSe', false],
    ['yes', 'refused'],
    ['1', 'refused'],
    ['truefalse', 'refused'],
  ])('reads %j as %j', (given, value) => {
    expect(valueOf(flag(...about), given)).toBe(value);
  });
});

describe('count', () => {
  it.each([
    ['1', 1],
    ['730', 730],
    ['007', 7],
    ['0', 'refused'],
    ['731', 'refused'],
    ['-5', 'refused'],
    ['1.5', 'refused'],
    ['1e2', 'refused'],
    ['0x10', 'refused'],
    ['٣٠', 'refused'],
    ['99999999999999999999', 'refused'],
    ['NaN', 'refused'],
  ])('reads %j from 1 to 730 as %j', (given, value) => {
    expect(valueOf(count(1, 730, ...about), given)).toBe(value);
  });
});

describe('choice', () => {
  it.each([
    ['hits', 'hits'],
    ['Always', 'always'],
    ['never', 'refused'],
    ['__proto__', 'refused'],
  ])('reads %j as %j', (given, value) => {
    expect(valueOf(choice(['hits', 'always'], ...about), given)).toBe(value);
  });
});

describe('list', () => {
  it('splits at ; and ,, and drops blanks and empty items', () => {
    expect(valueOf(list(...about), ' a@x.example;b@x.example , ;;c ')).toEqual([
      'a@x.example',
      'b@x.example',
      'c',
    ]);
  });

  it('refuses a line break', () => {
    expect(valueOf(list(...about), 'a\nb')).toBe('refused');
  });
});

describe('text', () => {
  it('takes what a person may write', () => {
    expect(valueOf(text(...about), 'MFA – „Bericht“ <täglich>')).toBe('MFA – „Bericht“ <täglich>');
  });

  it.each(['a\r\nBcc: x@y.example', 'a\u0000b', 'a\u001bb', 'a\u0085b'])('refuses %j', (given) => {
    expect(valueOf(text(...about), given)).toBe('refused');
  });
});

describe('addresses', () => {
  it('reads a list', () => {
    expect(valueOf(addresses(...about), 'a@x.example; b.c+d@y.example,')).toEqual([
      'a@x.example',
      'b.c+d@y.example',
    ]);
  });

  it('reads an empty one', () => {
    expect(valueOf(addresses(...about), '')).toEqual([]);
  });

  it.each([
    'a',
    'a@b',
    '@x.example',
    'a@x.example b@y.example',
    'A <a@x.example>',
    'a@x.example\r\nBcc:b@y.example',
    'a\u0000@x.example',
    'a\u202e@x.example',
    '"a b"@x.example',
    'a@@x.example',
  ])('refuses %j', (given) => {
    expect(valueOf(addresses(...about), given)).toBe('refused');
  });

  it('says which item is wrong without repeating it', () => {
    expect(addresses(...about).read('a@x.example; nonsense')).toEqual({
      problem: 'item 2 is not a mail address; expected name@domain, separated by ; or ,.',
    });
  });
});

describe('mailbox', () => {
  it.each([
    ['mfa-report@contoso.example', 'mfa-report@contoso.example'],
    ['D1132181-5011-45B0-A957-9709CDA2816C', 'D1132181-5011-45B0-A957-9709CDA2816C'],
    ['', ''],
    ['a@x.example;b@x.example', 'refused'],
    ['report', 'refused'],
    ['a\u0007@x.example', 'refused'],
    ['../users/somebody', 'refused'],
  ])('reads %j as %j', (given, value) => {
    expect(valueOf(mailbox(...about), given)).toBe(value);
  });
});

describe('years', () => {
  it.each([
    ['2024,2025', [2024, 2025]],
    ['2025 ; 2025', [2025]],
    ['2023', 'refused'],
    ['2024, soon', 'refused'],
    [',', 'refused'],
  ])('reads %j as %j', (given, value) => {
    expect(valueOf(years([2024, 2025], ...about), given)).toEqual(value);
  });
});

describe('graphEndpoint', () => {
  it.each([
    'https://graph.microsoft.com',
    'https://graph.microsoft.us/',
    'https://microsoftgraph.chinacloudapi.cn',
    'http://127.0.0.1:8080',
    'http://localhost:8080',
    'http://[::1]:8080',
  ])('takes %s', (given) => {
    expect(valueOf(graphEndpoint(...about), given)).toEqual(new URL(given));
  });

  it.each([
    'graph.microsoft.com',
    'http://graph.microsoft.com',
    'http://10.0.0.1',
    'http://127.0.0.1.elsewhere.example',
    'http://127.elsewhere.example',
    'http://localhost.elsewhere.example',
    'https://graph.microsoft.com/v1.0',
    'https://graph.microsoft.com?x=1',
    'https://graph.microsoft.com#x',
    'https://user:word@graph.microsoft.com',
    'file:///etc/passwd',
    'ftp://127.0.0.1',
    'javascript:alert(1)',
  ])('refuses %s', (given) => {
    expect(valueOf(graphEndpoint(...about), given)).toBe('refused');
  });
});

describe('isLoopback', () => {
  it.each([
    ['http://127.0.0.1', true],
    ['http://127.1', true],
    ['http://127.255.0.9:80', true],
    ['http://128.0.0.1', false],
    ['https://127.0.0.1.elsewhere.example', false],
  ])('says of %s: %j', (address, answer) => {
    expect(isLoopback(new URL(address))).toBe(answer);
  });
});

describe('schedule', () => {
  it.each([
    ['0 0 6 * * *', '0 0 6 * * *'],
    ['0  30 5   * * 1-5', '0 30 5 * * 1-5'],
    ['0 20 1-21/4 * * *', '0 20 1-21/4 * * *'],
    ['0 0 6 * JUL Mon,Fri', '0 0 6 * JUL Mon,Fri'],
    ['0 6 * * *', '0 6 * * *'],
    ['0 0/10 * * * *', '0 0/10 * * * *'],
    ['0 0 6 * * Monday', '0 0 6 * * Monday'],
    ['0 0 6 * sept Mo-Fr', '0 0 6 * sept Mo-Fr'],
    ['0 0 20-8 * * *', '0 0 20-8 * * *'],
  ])('reads %j as %j', (given, value) => {
    expect(valueOf(schedule(...about), given)).toBe(value);
  });

  it.each([
    '6 o’clock',
    '@daily',
    '0 0 25 * * *',
    '0 0 6 30 2 *',
    '0 0 6 * *  * *',
    '0 0 6 L * *',
    '0 0 6 ? * 1',
    '0 0 6 15W * *',
    '0 0 6 * * 1#2',
    '0 0 6 * * 7',
    '0 0/0 6 * * *',
    '0 */-5 6 * * *',
    '0 0 6 * * Mon#1',
    '24:00:00',
    '1.00:00:00',
  ])('refuses %j, at which the Functions host would not start or never run', (given) => {
    expect(valueOf(schedule(...about), given)).toBe('refused');
  });
});

describe('the instants of a schedule', () => {
  const from = new Date('2026-11-20T00:00:00Z');
  const next = (expression: string, howMany: number) =>
    nextOccurrences(expression, from, howMany).map((at) => at.toISOString().slice(5, 16));

  it('are those that the host fires at', () => {
    expect(next('0 5/20 6 * * *', 3)).toEqual(['11-20T06:05', '11-20T06:25', '11-20T06:45']);
    expect(next('0 0 6 * * Mo', 2)).toEqual(['11-23T06:00', '11-30T06:00']);
    expect(next('0 0 22-21 * * *', 2)).toEqual(['11-20T21:00', '11-20T22:00']);
    expect(next('0 0 6 13 * Friday', 1)).toEqual(['08-13T06:00']);
    expect(next('30 6 * * *', 1)).toEqual(['11-20T06:30']);
  });

  it('follow the zone of the host where it is not UTC', () => {
    expect(next(inHostZone('0 0 6 * * *', 'Europe/Oslo'), 1)).toEqual(['11-20T05:00']);
  });
});

describe('container', () => {
  it.each([
    ['mfa-gap-mailer', 'mfa-gap-mailer'],
    ['abc', 'abc'],
    ['tz', 'refused'],
    ['$web', 'refused'],
    ['../x', 'refused'],
    ['a?sv=1', 'refused'],
    ['Abc', 'refused'],
    ['a--b', 'refused'],
    ['-abc', 'refused'],
    ['a'.repeat(64), 'refused'],
  ])('S16: reads %j as %j', (given, value) => {
    expect(valueOf(container(...about), given)).toBe(value);
  });
});

describe('timeZone', () => {
  it.each([
    ['Europe/Oslo', 'Europe/Oslo'],
    ['europe/oslo', 'Europe/Oslo'],
    ['Mars/Olympus', 'refused'],
    ['../etc/localtime', 'refused'],
  ])('reads %j as %j', (given, value) => {
    expect(valueOf(timeZone(...about), given)).toBe(value);
  });
});

describe('locale', () => {
  it.each([
    ['en-gb', 'en-GB'],
    ['de-DE', 'de-DE'],
    ['english please', 'refused'],
    ['x', 'refused'],
  ])('reads %j as %j', (given, value) => {
    expect(valueOf(locale(...about), given)).toBe(value);
  });
});

describe('isObjectId', () => {
  it.each([
    ['d1132181-5011-45b0-a957-9709cda2816c', true],
    ['D1132181-5011-45B0-A957-9709CDA2816C', true],
    ['d1132181-5011-45b0-a957-9709cda2816', false],
    ['d1132181-5011-45b0-a957-9709cda2816c0', false],
    ['g1132181-5011-45b0-a957-9709cda2816c', false],
  ])('says of %s: %j', (given, answer) => {
    expect(isObjectId(given)).toBe(answer);
  });
});
