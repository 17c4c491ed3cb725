import type { SignIn, SignInKind } from '../people/sign-in.ts';
import { badRequest } from './answer.ts';

/** A `$filter` on sign-ins: a test for one, and what it says as a whole about time and kind. */
export interface SignInFilter {
  matches(signIn: SignIn): boolean;
  readonly fromMs: number;
  readonly toMs: number;
  /** The kinds that may match; only interactive ones where the filter is silent about them. */
  readonly kinds: readonly SignInKind[];
  /** True where `or` joins an application with a resource, which Graph does not document. */
  readonly mixesApplicationAndResource: boolean;
}

type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'equal'; readonly property: Property; readonly value: string | number }
  | { readonly kind: 'from' | 'to'; readonly atMs: number }
  | { readonly kind: 'event'; readonly event: SignInKind };

type Property = keyof typeof PROPERTIES;

const PROPERTIES = {
  appId: ({ application }: SignIn) => application.id,
  resourceId: ({ resource }: SignIn) => resource.id,
  userId: ({ person }: SignIn) => person.id,
  userPrincipalName: ({ person }: SignIn) => person.signInName,
  id: ({ id }: SignIn) => id,
  'status/errorCode': ({ outcome }: SignIn) => outcome.errorCode,
} as const;

const EVENTS: ReadonlyMap<string, SignInKind> = new Map([
  ["'interactiveUser", 'interactive'],
  ["'nonInteractiveUser", 'nonInteractive'],
]);

const ALL: Condition = { kind: 'and', parts: [] };

/** Reads a `$filter` of the sign-in collections; what Graph refuses is a 400 here too. */
export function readSignInFilter(text: string | null, version: 'v1.0' | 'beta'): SignInFilter {
  const condition = text === null ? ALL : parse(tokenize(text), version);
  const always = condition.kind === 'and' ? condition.parts : [condition];
  const only = always.find(({ kind }) => kind === 'event');
  return {
    matches: compile(condition),
    fromMs: Math.max(...always.map((part) => (part.kind === 'from' ? part.atMs : -Infinity))),
    toMs: Math.min(...always.map((part) => (part.kind === 'to' ? part.atMs : Infinity))),
    kinds:
      only?.kind === 'event'
        ? [only.event]
        : mentions(condition, ({ kind }) => kind === 'event')
          ? ['interactive', 'nonInteractive']
          : ['interactive'],
    mixesApplicationAndResource: mentions(
      condition,
      (part) => part.kind === 'or' && names(part, 'appId') && names(part, 'resourceId'),
    ),
  };
}

function invalidFilter() {
  return badRequest('Invalid filter clause.');
}

const TOKEN = /\s*(?:'((?:[^']|'')*)'|([A-Za-z0-9_./:+-]+)|([()]))/y;

/** A quoted text keeps an opening quote, so that it is no word. */
function tokenize(text: string): readonly string[] {
  const tokens: string[] = [];
  const source = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const [, quoted, word, bracket] = TOKEN.exec(source) ?? [];
    const token = quoted === undefined ? (word ?? bracket) : `'${quoted.replaceAll("''", "'")}`;
    if (token === undefined) {
      throw invalidFilter();
    }
    tokens.push(token);
  }
  return tokens;
}

function parse(tokens: readonly string[], version: 'v1.0' | 'beta'): Condition {
  let next = 0;
  const take = () => tokens[next++] ?? '';
  const expect = (...words: readonly string[]) => {
    const word = take();
    if (!words.includes(word)) {
      throw invalidFilter();
    }
    return word;
  };

  function joined(word: 'and' | 'or', part: () => Condition): Condition {
    const parts = [part()];
    while (tokens[next] === word) {
      next++;
      parts.push(part());
    }
    const [first] = parts;
    return parts.length === 1 && first ? first : { kind: word, parts: flatten(word, parts) };
  }
  const either = (): Condition => joined('or', () => joined('and', single));

  function single(): Condition {
    const word = take();
    if (word === '(') {
      const inner = either();
      expect(')');
      return inner;
    }
    if (word === 'createdDateTime') {
      const kind = expect('ge', 'le') === 'ge' ? 'from' : 'to';
      const atMs = Date.parse(take());
      if (Number.isNaN(atMs)) {
        throw invalidFilter();
      }
      return { kind, atMs };
    }
    if (word === 'signInEventTypes/any' && version === 'beta') {
      expect('(');
      const [variable = '', repeated = ''] = take().split(':');
      if (repeated === '') {
        expect(variable);
      }
      expect('eq');
      const event = EVENTS.get(take());
      expect(')');
      if (event === undefined) {
        throw invalidFilter();
      }
      return { kind: 'event', event };
    }
    if (Object.hasOwn(PROPERTIES, word)) {
      expect('eq');
      const value = take();
      const isNumber = word === 'status/errorCode';
      if (isNumber ? !/^\d+$/.test(value) : !value.startsWith("'")) {
        throw invalidFilter();
      }
      return {
        kind: 'equal',
        property: word as Property,
        value: isNumber ? Number(value) : value.slice(1),
      };
    }
    throw invalidFilter();
  }

  const condition = either();
  if (next !== tokens.length) {
    throw invalidFilter();
  }
  return condition;
}

function flatten(word: 'and' | 'or', parts: readonly Condition[]): readonly Condition[] {
  return parts.flatMap((part) => (part.kind === word ? part.parts : [part]));
}

function compile(condition: Condition): (signIn: SignIn) => boolean {
  switch (condition.kind) {
    case 'and': {
      const tests = condition.parts.map(compile);
      return (signIn) => tests.every((test) => test(signIn));
    }
    case 'or': {
      const tests = condition.parts.map(compile);
      return (signIn) => tests.some((test) => test(signIn));
    }
    case 'equal': {
      const read = PROPERTIES[condition.property];
      return (signIn) => read(signIn) === condition.value;
    }
    case 'from':
      return ({ atMs }) => atMs >= condition.atMs;
    case 'to':
      return ({ atMs }) => atMs <= condition.atMs;
    case 'event':
      return ({ kind }) => kind === condition.event;
  }
}

function mentions(condition: Condition, test: (part: Condition) => boolean): boolean {
  const isGroup = condition.kind === 'and' || condition.kind === 'or';
  return test(condition) || (isGroup && condition.parts.some((part) => mentions(part, test)));
}

function names(condition: Condition, property: Property): boolean {
  return mentions(condition, (part) => part.kind === 'equal' && part.property === property);
}
