import type { Finding, Report } from '../../model/report.js';
import { gravestFirst, locationText } from '../finding-text.js';
import { type Compared, compared, type Side } from './comparison.js';
import { detailOf } from './detail.js';
import { filters } from './filters.js';
import { shownKind } from './kind.js';
import { embedded, html, type Markup, plain } from './markup.js';
import { stackNames } from './stacks.js';

/** About so many characters of each value are shown in a row. */
const VALUE = 90;
/** A path that is shorter fits in its column on any screen. */
const NARROW = 36;

/**
 * The findings, gravest first: a row each, which says all that matters without a script; what is behind it as JSON for
 * the page's script.
 */
export function findings(report: Report): Markup {
  if (report.findings.length === 0)
    return html`<section id="findings"><h2>Findings</h2><p>There are none.</p></section>`;
  const nameOf = stackNames(report);
  const sorted = gravestFirst(report.findings);
  const rules = Object.fromEntries(
    (report.rules ?? []).map(({ id, severity, title, why, help }) => [
      plain(id),
      { severity, title: plain(title), why: plain(why), help: plain(help) },
    ]),
  );
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title" tabindex="-1">Findings</h2>
<noscript><p class="note">Filters and details need JavaScript. All findings are listed below in short; the JSON report has everything.</p></noscript>
${filters(report, nameOf)}
<ol class="findings" id="list" aria-labelledby="findings-title">
${sorted.map((finding) => row(finding, nameOf(finding)))}</ol>
<p class="empty" id="empty" hidden>No finding matches. <button type="reset" form="filters">Reset the filters</button></p>
</section>
<script type="application/json" id="data">${embedded({ rules, findings: sorted.map(detailOf) })}</script>`;
}

function row(finding: Finding, stack: string): Markup {
  const { severity, location, suppressed, baseline, patch } = finding;
  const kind = shownKind(finding);
  const tags = [
    kind === 'modified' ? '' : kind,
    baseline === 'new' ? 'new' : baseline === 'known' ? 'known' : '',
    suppressed ? 'suppressed' : '',
    patch.status === 'patchable' ? 'patch' : patch.status === 'refused' ? 'no patch' : '',
  ].filter((tag) => tag !== '');
  const path = finding.path === '' ? undefined : html` <code>${breakable(finding.path)}</code>`;
  const place = location && html`<code>${locationText(location)}</code>`;
  const labels =
    tags.length === 0
      ? undefined
      : html` <ul class="tags">${tags.map((tag) => html`<li class="${tag.replace(' ', '-')}">${tag}</li>`)}</ul>`;
  const state = [
    html`${baseline === undefined ? undefined : html` data-baseline="${baseline}"`}`,
    html`${suppressed ? html` data-suppressed` : undefined}`,
  ];
  return html`<li class="finding ${severity}" data-severity="${severity}" data-kind="${kind}" data-stack="${stack}"${state}><div class="row"><span class="severity">${severity}</span><div class="subject"><h3><button type="button" aria-expanded="false">${nameOf(finding)} <span class="type">${finding.type}</span>${path}</button></h3></div><div class="change">${change(compared(finding, VALUE, 1))}</div><div class="place"><span class="stack">${stack}</span>${labels} ${place}</div></div></li>
`;
}

function nameOf({ kind, logicalId, physicalId, type }: Finding): string {
  return kind === 'unmanaged' || logicalId === '' ? (physicalId ?? type) : logicalId;
}

/** A path that is broken at its slashes where it does not fit. */
function breakable(path: string): Markup {
  if (path.length < NARROW) return html`${path}`;
  const [first = '', ...rest] = plain(path).split('/');
  return html`${first}${rest.map((part) => html`/<wbr>${part}`)}`;
}

/** The first place of a difference, and how many more there are. */
function change({ titles, parts, note }: Compared): Markup {
  const [first, rest] = parts;
  if (first === undefined) return html`<span class="note">${note}</span>`;
  const at = first.label === '' ? undefined : html`<span class="at">${first.label}</span>`;
  const left = rest === undefined ? undefined : html`<span class="at">${rest.label}</span>`;
  return html`${at}${titles.map((title, index) => html`<span class="side">${title}</span> ${value(first.sides[index])}`)}${left}`;
}

function value(side: Side | undefined): Markup {
  if (side === undefined || 'note' in side) return html`<span class="note">${side?.note}</span>`;
  return html`<code>${side.map((text, index) => {
    const line = text.replaceAll('\n', '; ');
    return index % 2 === 1 ? html`<mark>${line}</mark>` : html`${line}`;
  })}</code>`;
}
