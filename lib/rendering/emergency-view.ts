import type { EmergencyAccount } from '../report/report.ts';
import { LINKS } from './list-words.ts';
import { viewName } from './person-view.ts';
import type { NameView } from './person-view.ts';
import { shortText } from './safe-text.ts';
import type { Link, Tone, ViewContext } from './view-context.ts';

/** A configured emergency account: its state in words, and why. */
export interface EmergencyAccountView extends NameView {
  readonly state: string;
  readonly tone: Tone;
  readonly sentence: string;
}

export interface EmergencyView {
  readonly title: string;
  readonly accounts: readonly EmergencyAccountView[];
  readonly rest: string;
  readonly links: readonly Link[];
}

const STATES: Readonly<
  Record<EmergencyAccount['state'], { readonly word: string; readonly tone: Tone }>
> = {
  ready: { word: 'Ready', tone: 'good' },
  gap: { word: 'Not ready', tone: 'blocked' },
  disabled: { word: 'Disabled', tone: 'blocked' },
  'not-found': { word: 'Not found', tone: 'blocked' },
  'not-known': { word: 'Not known', tone: 'caution' },
};

/** The emergency accounts, those that would not help first; undefined where none is configured. */
export function viewEmergency(context: ViewContext): EmergencyView | undefined {
  const { report, formats, maxEntries } = context;
  const accounts = report.emergencyAccounts.toSorted(
    (a, b) => Number(a.state === 'ready') - Number(b.state === 'ready'),
  );
  if (accounts.length === 0) return undefined;
  const ready = accounts.filter(({ state }) => state === 'ready').length;
  const rest = accounts.length - maxEntries;
  return {
    title: titleText(ready, accounts.length),
    accounts: accounts.slice(0, maxEntries).map((account) => viewAccount(account, context)),
    rest: rest > 0 ? `${formats.number(rest)} more not shown.` : '',
    links: ready === accounts.length ? [] : [LINKS.emergencyAccess],
  };

  function titleText(readyCount: number, count: number): string {
    if (count === 1) {
      return readyCount === 1
        ? 'Your emergency account is ready.'
        : 'Your emergency account needs attention.';
    }
    return readyCount === count
      ? `All ${formats.number(count)} emergency accounts are ready.`
      : `${formats.number(readyCount)} of ${formats.number(count)} emergency accounts ${readyCount === 1 ? 'is' : 'are'} ready.`;
  }
}

function viewAccount(
  { configured, user, state, sentence }: EmergencyAccount,
  context: ViewContext,
): EmergencyAccountView {
  const { word, tone } = STATES[state];
  return {
    ...viewName(user ?? { id: '', userPrincipalName: configured }, context),
    state: word,
    tone,
    sentence: shortText(sentence, 300),
  };
}
