import { SEVERITIES } from '../../model/gate.js';
import type { Finding, Report } from '../../model/report.js';
import { SHOWN_KINDS, shownKind } from './kind.js';
import { html, type Markup } from './markup.js';

/** A value to filter by, how many findings (without suppressed ones) have it, and what it means. */
type Choice = [value: string, count: number, meaning?: string];

/** The form that narrows the list of findings; hidden where there is no script to heed it. */
export function filters(report: Report, stackOf: (of: Finding) => string): Markup {
  const counted = report.findings.filter(({ suppressed }) => suppressed === undefined);
  const suppressed = report.findings.length - counted.length;
  const choices = (values: readonly string[], of: (finding: Finding) => string | undefined): Choice[] =>
    values.map((value) => [value, counted.filter((finding) => of(finding) === value).length]);
  const present = new Set(report.findings.map(shownKind));
  const kinds = choices(Object.keys(SHOWN_KINDS), shownKind)
    .filter(([kind]) => present.has(kind as keyof typeof SHOWN_KINDS))
    .map(([kind, count]): Choice => [kind, count, SHOWN_KINDS[kind as keyof typeof SHOWN_KINDS]]);
  const stacks = [...new Set(report.findings.map(stackOf))].sort();
  const hasBaseline = report.findings.some(({ baseline }) => baseline !== undefined);
  return html`<search aria-label="Filter the findings"><form id="filters" class="filters">
<div class="field text"><label for="q">Text</label><input type="search" id="q" name="q" autocomplete="off" spellcheck="false" placeholder="resource, path, value, author …"><kbd aria-hidden="true">/</kbd></div>
<div class="field"><label for="stack">Stack</label><select id="stack" name="stack"><option value="">all ${stacks.length}</option>${stacks.map(
    (stack) => html`<option value="${stack}">${stack}</option>`,
  )}</select></div>
${boxes(
  'Severity',
  'severity',
  choices(SEVERITIES, ({ severity }) => severity),
)}
${boxes('Kind', 'kind', kinds)}
${
  hasBaseline
    ? boxes(
        'Earlier report',
        'baseline',
        choices(['new', 'known'], ({ baseline }) => baseline),
      )
    : undefined
}
${suppressed > 0 ? html`<div class="boxes"><label><input type="checkbox" name="suppressed" value="1"><span>show ${suppressed} suppressed</span></label></div>` : undefined}
<div class="state"><output id="count">${report.findings.length} findings</output><button type="reset">Reset</button></div>
</form></search>`;
}

function boxes(title: string, name: string, choices: readonly Choice[]): Markup {
  return html`<fieldset class="boxes"><legend>${title}</legend>${choices.map(
    ([value, count, meaning]) =>
      html`<label${meaning === undefined ? undefined : html` title="${meaning}"`}><input type="checkbox" name="${name}" value="${value}"><span>${value} <b>${count}</b></span></label>`,
  )}</fieldset>`;
}
