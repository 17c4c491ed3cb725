import {
  badRequest,
  errorAnswer,
  htmlAnswer,
  invalidPageToken,
  invalidToken,
  notAllowed,
  notPremium,
  Refusal,
  tooManyRequests,
} from '../graph/answer.ts';
import type { Answer } from '../graph/answer.ts';
import { noMailbox } from '../graph/mail.ts';
import { pageLink, refusedOption } from '../graph/paging.ts';
import type { Page, PageToken } from '../graph/paging.ts';
import { hash } from '../people/generated.ts';
import type { Fault, PlainFaultKind } from './faults.ts';

/** The answer that a fault gives in the endpoint's place; undefined for one that lets the endpoint answer. */
export function faultyAnswer(fault: Fault, now: Date): Answer | undefined {
  if (fault.kind === 'html') {
    return htmlAnswer(502);
  }
  const refusal = refusalFor(fault);
  return refusal && errorAnswer(refusal, now);
}

function refusalFor(fault: Fault): Refusal | undefined {
  if (fault.kind === 'throttled') {
    return tooManyRequests(retryAfter(fault.retryAfterSeconds, fault.retryAfterForm));
  }
  if (fault.kind === 'badRetryAfter') {
    return tooManyRequests(fault.value === 'past' ? new Date(0).toUTCString() : fault.value);
  }
  if (fault.kind === 'status') {
    return new Refusal(fault.status, fault.code ?? 'UnknownError', 'The request failed.');
  }
  return REFUSALS[fault.kind]?.();
}

const REFUSALS: Readonly<Partial<Record<PlainFaultKind, () => Refusal>>> = {
  expiredPageToken: invalidPageToken,
  expiredToken: () => invalidToken('Lifetime validation failed, the token is expired.'),
  refuseSelect: () => refusedOption('Select'),
  refuseOr: () => badRequest('Invalid filter clause.'),
  refuseBeta: () =>
    new Refusal(404, 'ResourceNotFound', "Resource not found for the segment 'beta'."),
  noConsent: notAllowed,
  unlicensed: notPremium,
  noMailbox,
  fewerUsers: () => badRequest('Cannot query data for more than 120 users at a time.'),
};

function retryAfter(seconds: number | undefined, form: 'seconds' | 'date' = 'seconds') {
  if (seconds === undefined || form === 'seconds') {
    return seconds?.toString();
  }
  // The real clock: the waiting process counts by its own.
  return new Date(Date.now() + seconds * 1000).toUTCString();
}

/** A page with the link to the next one. */
export interface LinkedPage {
  readonly page: Page;
  readonly nextLink?: string | undefined;
}

/** Links a page to the next one, or elsewhere where the fault says so. */
export function linkPage(
  page: Page,
  url: URL,
  token: PageToken,
  fault: Fault | undefined,
): LinkedPage {
  const number = token.number + 1;
  const samePlace = { position: token.position, number };
  const nextLink =
    page.next === undefined ? undefined : pageLink(url, { position: page.next, number });
  const bent: Partial<Record<Fault['kind'], () => LinkedPage>> = {
    loopingLink: () => ({ page, nextLink: url.href }),
    endlessLinks: () => ({ page: { ...page, rows: [] }, nextLink: pageLink(url, samePlace) }),
    foreignLink: () => ({ page, nextLink: `https://elsewhere.example${url.pathname}` }),
    repeatedPage: () => ({
      page,
      nextLink: token.again === true ? nextLink : pageLink(url, { ...samePlace, again: true }),
    }),
    shuffled: () => ({ page: { ...page, rows: shuffle(page.rows) }, nextLink }),
  };
  return (fault && bent[fault.kind]?.()) ?? { page, nextLink };
}

function shuffle(rows: readonly string[]): readonly string[] {
  return rows
    .map((row, index) => ({ row, rank: hash(0, 0, index) }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ row }) => row);
}
