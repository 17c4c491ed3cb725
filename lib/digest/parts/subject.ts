import { displayText, shortText } from '../text/safe-text.ts';
import { figureText, isKnown, isNobody, joinWords, keyFigures, people } from '../text/wording.ts';
import type { DigestOptions, ViewContext } from '../view-context.ts';

/** The subject: what the operator calls the digest, the two figures that matter, the tenant. */
export function writeSubject(
  context: ViewContext,
  { subjectPrefix, isOnDemand = false }: Pick<DigestOptions, 'subjectPrefix' | 'isOnDemand'>,
): string {
  const { tenant, isPartial } = context.report;
  const marks = [isPartial ? 'PARTIAL – ' : '', isOnDemand ? 'On demand – ' : ''].join('');
  const tenantName = displayText(tenant.name ?? '', 60);
  const ending = tenantName === '' ? '' : ` · ${tenantName}`;
  return `${marks}${shortText(subjectPrefix, 100)}: ${figuresText(context)}${ending}`;
}

/** The line that a mail program shows after the subject: what is worst among them, and the window seen. */
export function writePreheader({ report, formats }: ViewContext): string {
  const { impact, missing } = report.figures.hits;
  const worst = isNobody(impact.people) ? missing : impact;
  const who = isNobody(impact.people) ? 'of those without MFA' : 'of those blocked';
  const facts: string[] = [];
  if (report.isPartial) facts.push('part of the data is missing');
  if (isKnown(worst.admins) && worst.admins.value > 0) {
    const count = figureText(worst.admins, formats);
    facts.push(
      `${count} ${who} ${worst.admins.value === 1 ? 'is an administrator' : 'are administrators'}`,
    );
  }
  const opened = report.history?.changes.filter(
    ({ kind }) => kind !== 'resolved' && kind !== 'moved',
  );
  if (report.history?.state === 'kept' && opened !== undefined && opened.length > 0) {
    facts.push(`${formats.number(opened.length)} new since the last report`);
  }
  facts.push(
    report.seenFrom === undefined || report.seenTo === undefined
      ? 'no sign-ins could be read'
      : `sign-ins read ${formats.shortDay(report.seenFrom)} to ${formats.shortDay(report.seenTo)}`,
  );
  return facts.join('; ');
}

function figuresText({ report, formats }: ViewContext): string {
  const { blocked, without, unknown } = keyFigures(report);
  const parts = [blockedText()];
  if (isKnown(without) && without.value > 0) {
    parts.push(`${figureText(without, formats)} without MFA`);
  }
  if (parts.length < 2 && isKnown(unknown) && unknown.value > 0) {
    parts.push(`${figureText(unknown, formats)} unknown`);
  }
  return parts.join(', ');

  function blockedText(): string {
    if (!isKnown(blocked)) return 'number of people blocked not known';
    const { kind, value } = blocked;
    if (value > 0) return `${kind === 'exact' ? '' : 'at least '}${people(value, formats)} blocked`;
    return report.isPartial ? 'nobody seen blocked' : 'nobody blocked';
  }
}

/** The sentence that the digest opens with. */
export function writeHeadline({ report, formats }: ViewContext): string {
  const { blocked, without, unknown } = keyFigures(report);
  if (!isKnown(blocked)) return 'How many people are blocked is not known today.';
  if (!isNobody(blocked)) {
    const { kind, value } = blocked;
    const count = `${kind === 'exact' ? '' : 'At least '}${people(value, formats)}`;
    return value === 1
      ? `${count} uses Azure or admin portals and has no way to pass MFA. Microsoft is refusing their changes now.`
      : `${count} use Azure or admin portals and have no way to pass MFA. Microsoft is refusing their changes now.`;
  }
  const rest = joinWords([
    ...(isNobody(without) ? [] : [withoutText()]),
    ...(isNobody(unknown) ? [] : [unknownText()]),
  ]);
  if (report.isPartial) {
    return `Nobody was seen to be blocked, but part of the data is missing${rest === '' ? '' : `: ${rest}`}.`;
  }
  if (rest === '') return 'Nobody is blocked, and nobody active is without a way to pass MFA.';
  return `Nobody is blocked today, but ${rest}.`;

  function withoutText(): string {
    if (!isKnown(without)) return 'how many people lack a usable MFA method is not known';
    const verb = without.value === 1 ? 'has' : 'have';
    const count = `${without.kind === 'exact' ? '' : 'at least '}${people(without.value, formats)}`;
    return `${count} ${verb} no usable MFA method and will be stopped at the first portal`;
  }

  function unknownText(): string {
    if (!isKnown(unknown)) return 'how many people could not be judged is not known';
    return `${unknown.kind === 'exact' ? '' : 'at least '}${people(unknown.value, formats)} could not be judged`;
  }
}
