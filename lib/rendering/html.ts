import type Handlebars from 'handlebars';
import * as handlebarsRuntime from 'handlebars/runtime.js';

import { digestTemplate } from './compiled/digest.js';
import type { DigestView } from './digest-view.ts';

// The package's declarations leave the runtime's export out.
const { template } = (handlebarsRuntime as unknown as { readonly default: typeof Handlebars })
  .default;

const render = template<DigestView>(digestTemplate as TemplateSpecification);

/** The view as HTML. Every value is escaped; one that the template names and the view lacks throws. */
export function renderHtml(view: DigestView): string {
  return render(view);
}
