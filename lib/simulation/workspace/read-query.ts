import { Refusal } from '../graph/answer.ts';
import type { SignInKind } from '../people/sign-in.ts';
import type { WorkspaceQueryKind } from './faults.ts';

/** What a query of the product asks for. */
export interface ReadQuery {
  readonly is: WorkspaceQueryKind;
  readonly kind: SignInKind;
  readonly from: number;
  readonly to: number;
  /** Whether a person belongs to the part that is asked for. */
  readonly isAsked: (person: string) => boolean;
}

/** Reads the values of the `let` lines out of a query, and what it is for out of the table and the columns it names. */
export function readQuery(text: string): ReadQuery {
  const value = (name: string) => {
    const found = new RegExp(`^let ${name} = (.*);$`, 'm').exec(text)?.[1];
    if (found === undefined) throw unknownQuery();
    return found;
  };
  const instant = (name: string) => {
    const at = Date.parse(/datetime\((.*)\)/.exec(value(name))?.[1] ?? '');
    if (Number.isNaN(at)) throw unknownQuery();
    return at;
  };
  const is = kindOf(text);
  const isNonInteractive = /^\s*AADNonInteractiveUserSignInLogs$/m.test(text);
  const isOfTable = is === 'sign-ins' || is === 'hours';
  return {
    is,
    kind: isNonInteractive ? 'nonInteractive' : 'interactive',
    from: instant(isOfTable ? 'start' : 'from'),
    to: is === 'tables' || is === 'others' ? Infinity : instant(isOfTable ? 'end' : 'until'),
    isAsked: is === 'sign-ins' ? readPart(value) : () => true,
  };
}

function kindOf(text: string): WorkspaceQueryKind {
  if (text.includes('_LogOperation')) return 'dropped';
  if (text.includes('isfuzzy')) return 'tables';
  if (/^Usage$/m.test(text)) return 'others';
  if (/\bMfaByTenant\b/.test(text)) return 'sign-ins';
  if (/\bby Hour\b/.test(text)) return 'hours';
  throw unknownQuery();
}

function unknownQuery(): Refusal {
  return new Refusal(400, 'BadArgumentError', 'The simulated workspace does not know this query.');
}

function readPart(value: (name: string) => string): ReadQuery['isAsked'] {
  const width = Number(value('width'));
  const prefixes = [...value('prefixes').matchAll(/'([^']*)'/g)].map(([, prefix]) => prefix ?? '');
  const isRest = value('rest') === '1';
  return (person) => prefixes.includes(person.slice(0, width)) !== isRest;
}
