import { CHANGES } from '../../findings/findings.ts';
import type { Change, ChangeKind, Resolution } from '../../findings/findings.ts';
import { LOSSES } from '../../findings/update-findings.ts';
import type { Report } from '../../report/report.ts';
import { FILE_NAMES } from '../csv/file-names.ts';
import { shortText } from '../text/safe-text.ts';
import { capitalise, counted } from '../text/wording.ts';
import type { Tone, ViewContext } from '../view-context.ts';
import { whereInFull } from './files.ts';
import { LIST_WORDS } from './list-texts.ts';
import { viewName } from './person.ts';
import type { NameView } from './person.ts';

/** One person's change. */
export interface ChangeView extends NameView {
  readonly text: string;
}

/** The changes of one kind. */
export interface ChangeGroup {
  readonly title: string;
  readonly tone: Tone;
  readonly changes: readonly ChangeView[];
  readonly rest: string;
}

export interface ChangesView {
  readonly title: string;
  /** One line instead of groups: nothing changed, or nothing to compare with. */
  readonly note: string;
  readonly groups: readonly ChangeGroup[];
}

/** How each kind of change speaks, in the mail and at a terminal. */
export const CHANGE_WORDS: Readonly<
  Record<ChangeKind, { readonly one: string; readonly many: string; readonly tone: Tone }>
> = {
  opened: { one: 'new', many: 'new', tone: 'blocked' },
  regressed: { one: 'lost MFA', many: 'lost MFA', tone: 'blocked' },
  reopened: { one: 'is back', many: 'are back', tone: 'blocked' },
  moved: { one: 'moved', many: 'moved', tone: 'plain' },
  resolved: { one: 'resolved', many: 'resolved', tone: 'good' },
};

/** How a finding was resolved. */
export const HOW: Readonly<Record<Resolution, string>> = {
  registered: 'registered a method',
  'mfa-seen': 'passed MFA',
  disabled: 'account disabled',
  left: 'account deleted',
  'not-refused': 'no longer refused',
  unused: 'uses no portal or tool any more',
  inactive: 'no longer active',
  excepted: 'excepted',
  'out-of-scope': 'out of scope by a changed setting',
  'rules-changed': 'in no list under the new rules',
};

/** What changed; undefined where nothing is remembered, or what was is lost. */
export function viewChanges(context: ViewContext): ChangesView | undefined {
  const { report, formats } = context;
  const { history } = report;
  if (history === undefined || history.state === 'none' || history.state === 'lost')
    return undefined;
  if (history.state === 'first') {
    return {
      title: 'This is the first report',
      note: 'From the next one on, this is where it says what changed.',
      groups: [],
    };
  }
  const since =
    history.comparedWith === undefined
      ? 'since the last report'
      : `since ${formats.calendarDay(history.comparedWith)}`;
  const groups = CHANGES.map((kind) => viewGroup(kind, context)).filter(
    (group) => group !== undefined,
  );
  if (groups.length === 0) {
    const nothing = report.isPartial ? 'Nothing that could be seen changed' : 'Nothing changed';
    return { title: `${nothing} ${since}`, note: '', groups };
  }
  const count = counted(history.changes.length, 'change', 'changes', formats);
  return { title: `${count} ${since}`, note: '', groups };
}

function viewGroup(kind: ChangeKind, context: ViewContext): ChangeGroup | undefined {
  const changes = context.report.history?.changes.filter((change) => change.kind === kind) ?? [];
  if (changes.length === 0) return undefined;
  const { one, many, tone } = CHANGE_WORDS[kind];
  const shown = changes.slice(0, context.maxEntries);
  return {
    title: counted(changes.length, one, many, context.formats),
    tone,
    changes: shown.map((change) => ({
      ...viewName(change, context),
      text: changeText(change, context.report),
    })),
    rest: whereInFull(FILE_NAMES.changes, { all: changes.length, shown: shown.length }, context),
  };
}

function changeText({ kind, how, from, to, reason, id }: Change, { hits }: Report): string {
  const where = to === undefined ? '' : LIST_WORDS[to].label;
  if (kind === 'resolved') return capitalise(how === undefined ? 'resolved' : HOW[how]);
  if (kind === 'moved' && from !== undefined) {
    return `${capitalise(LIST_WORDS[from].label)} before, now ${where}`;
  }
  // The list says why; how a method was lost it does not.
  const loss =
    to === undefined ? undefined : hits[to].find(({ user }) => user.id === id)?.methodLoss;
  const why =
    loss !== undefined
      ? LOSSES[loss.kind]
      : kind === 'regressed' || where === ''
        ? shortText(reason, 240)
        : '';
  return [capitalise(where), why].filter((text) => text !== '').join('. ');
}
