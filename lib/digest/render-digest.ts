import type Handlebars from 'handlebars';
import * as handlebarsRuntime from 'handlebars/runtime.js';
import { digestTemplate } from './compiled/digest.js';
import type { Report } from '../report/report.ts';
import { HIT_LISTS } from '../standings/standings.ts';
import type { HitList } from '../standings/standings.ts';
import { leastRows, MIN_ROWS, shortenList } from './parts/lists.ts';
import { writePlainText } from './plain-text.ts';
import { createFormats } from './text/wording.ts';
import type { Digest, DigestOptions, ViewContext } from './view-context.ts';
import { viewDigest } from './view.ts';
import type { DigestView } from './view.ts';

/** Renders a report as a mail. What would make it too long for a mail program is left to the CSV files. */
export function renderDigest(report: Report, options: DigestOptions): Digest {
  const { locale, timeZone, portalOrigin, attachments } = options;
  const formats = createFormats(locale, timeZone, report.generatedAt);
  const view = fitDigest(
    (maxEntries) => ({ report, formats, portalOrigin, attachments, maxEntries }),
    (context) => viewDigest(context, options),
    options.maxRows,
  );
  return { subject: view.subject, html: renderHtml(view), text: writePlainText(view) };
}

/** Gmail clips a message at about 102 KB, and nobody reads so far. */
export const MAX_HTML_BYTES = 60_000;

/** Of these, at most so many for what is no hit list, so that the worst always has room. */
const MAX_FRAME_BYTES = 40_000;
const ENTRY_LIMITS = [8, 6, 4, 2, 1, 0];

/** Twenty seconds are enough for so many; every row that the operator asks for beside them has its room. */
const COMFORTABLE_BYTES = 38_000;
const BYTES_OF_A_ROW = 400;

/**
 * The view with as much as fits: first fewer entries where those beside the hit lists alone are too long, then
 * fewer rows: unknown is shortened first, then not-usable, missing, impact, and stopped last. Three rows stay, and
 * administrators and emergency accounts as long as the mail is not too long for a mail program.
 */
function fitDigest(
  contextWith: (maxEntries: number) => ViewContext,
  viewOf: (context: ViewContext) => DigestView,
  maxRows: number,
): DigestView {
  const comfortable = Math.min(MAX_HTML_BYTES, COMFORTABLE_BYTES + maxRows * BYTES_OF_A_ROW);
  for (const maxEntries of ENTRY_LIMITS) {
    const context = contextWith(maxEntries);
    const view = viewOf(context);
    const frame = HIT_LISTS.reduce((rest, list) => shorten(rest, list, 0, context), view);
    const isLast = maxEntries === ENTRY_LIMITS.at(-1);
    if (!isLast && bytesOf(frame) >= MAX_FRAME_BYTES) continue;
    const short = fitRows(view, context, comfortable, (list) => leastRows(list, context));
    return fitRows(
      fitRows(short, context, MAX_HTML_BYTES, () => MIN_ROWS),
      context,
    );
  }
  return viewOf(contextWith(0));
}

/** Fewer rows, the least urgent lists first; below three of a list only where nothing else helps. */
function fitRows(
  view: DigestView,
  context: ViewContext,
  maxBytes = MAX_HTML_BYTES,
  leastOf: (list: HitList) => number = () => 0,
): DigestView {
  let fitting = view;
  for (const list of HIT_LISTS.toReversed()) {
    if (bytesOf(fitting) < maxBytes) return fitting;
    let most = leastOf(list);
    let tooMany = fitting.lists.find(({ id }) => id === list)?.rows.length ?? 0;
    while (tooMany - most > 1) {
      const middle = Math.floor((most + tooMany) / 2);
      if (bytesOf(shorten(fitting, list, middle, context)) < maxBytes) most = middle;
      else tooMany = middle;
    }
    fitting = shorten(fitting, list, most, context);
  }
  return fitting;
}

function shorten(
  view: DigestView,
  list: HitList,
  maxRows: number,
  context: ViewContext,
): DigestView {
  return {
    ...view,
    lists: view.lists.map((entry) =>
      entry.id === list ? shortenList(entry, maxRows, context) : entry,
    ),
  };
}

function bytesOf(view: DigestView): number {
  return Buffer.byteLength(renderHtml(view));
}

// The package's declarations leave the runtime's export out.
const { template } = (handlebarsRuntime as unknown as { readonly default: typeof Handlebars })
  .default;

const INKS: Readonly<Record<string, string>> = {
  blocked: 'color:#a4262c;',
  caution: 'color:#7a4f01;',
  good: 'color:#0f6b3c;',
};

(handlebarsRuntime as unknown as { readonly default: typeof Handlebars }).default.registerHelper(
  'ink',
  (tone: unknown) => INKS[String(tone)] ?? '',
);

const render = template<DigestView>(digestTemplate as TemplateSpecification);

/** The view as HTML. Every value is escaped; one that the template names and the view lacks throws. */
function renderHtml(view: DigestView): string {
  return render(view);
}
