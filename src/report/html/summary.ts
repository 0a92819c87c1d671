import { count } from '../../base/count.js';
import { capitalized } from '../../base/text.js';
import { isNestedStack } from '../../iac/registry.js';
import { SEVERITIES } from '../../model/gate.js';
import { coverageOfReport, isUnread } from '../../model/measure-coverage.js';
import type { Report } from '../../model/report.js';
import { notShown } from '../finding-text.js';
import { coverageText, type Outcome, outcomes, undeclaredText } from '../outcome.js';
import { SHOWN_KINDS, shownKind } from './kind.js';
import { html, type Markup } from './markup.js';

const SYMBOLS: Record<Outcome['tone'], string> = { bad: '✗', warn: '!', good: '✓' };

/** A figure and what it counts. */
type Figure = [label: string, value: number, hint?: string];

/** The top of the page: what came out, of what scan, and the figures behind it. */
export function summary(report: Report): Markup {
  const { scan } = report;
  const undeclared = undeclaredText(report);
  return html`<header class="summary">
<h1>Drift report <span class="of">of</span> <span class="repository">${scan.repository}</span></h1>
<ul class="outcomes">${outcomes(report).map(
    ({ tone, text }) =>
      html`<li class="${tone}"><span class="symbol" aria-hidden="true">${SYMBOLS[tone]}</span>${text}</li>`,
  )}</ul>
<p class="coverage">${[coverageText(report), ...notShown(report)].join('; ')}</p>${undeclared === '' ? undefined : html`<p class="coverage">${undeclared}</p>`}
<dl class="scan">${scanFacts(report).map(([title, text]) => html`<div><dt>${capitalized(title)}</dt><dd>${text}</dd></div>`)}</dl>
<div class="cards">
${severityCard(report)}
${card('Findings', kindFigures(report))}
${card('Resources', resourceFigures(report))}
${card('Checks', checkFigures(report))}
</div>
</header>`;
}

function scanFacts({ scan, tool, summary: { exitCode } }: Report): [string, Markup][] {
  const commit = scan.commit === null ? html`none` : html`<code>${scan.commit.slice(0, 10)}</code>`;
  const time = scan.startedAt.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');
  return [
    ['commit', html`${commit}${scan.dirty ? ' with uncommitted changes' : ''}`],
    ['ref', scan.ref === null ? html`work tree` : html`${scan.ref}`],
    ['provider', html`${scan.provider}`],
    ['scanned', html`<time datetime="${scan.startedAt}">${time}</time>`],
    ['took', html`${(scan.durationMs / 1000).toFixed(1)} s`],
    ...(scan.shard === undefined ? [] : [['shard', html`${scan.shard}`] satisfies [string, Markup]]),
    ['exit code', html`${exitCode}`],
    ['by', html`${tool.name} ${tool.version}`],
  ];
}

/** The severities as figures over a bar that shows their shares. */
function severityCard({ summary: { findings } }: Report): Markup {
  const total = SEVERITIES.reduce((sum, severity) => sum + findings[severity], 0);
  let at = 0;
  const bars = SEVERITIES.map((severity) => {
    const share = (findings[severity] / Math.max(1, total)) * 100;
    const bar = html`<rect class="${severity}" x="${at.toFixed(2)}%" width="${share.toFixed(2)}%" height="6"/>`;
    at += share;
    return bar;
  });
  return html`<section class="card severities"><h2>Severity</h2>
<svg class="bar" height="6" aria-hidden="true"><rect width="100%" height="6"/>${bars}</svg>
<dl class="figures">${SEVERITIES.map(
    (severity) =>
      html`<div class="${severity}${findings[severity] === 0 ? ' zero' : ''}"><dt><span class="severity">${severity}</span></dt><dd>${findings[severity]}</dd></div>`,
  )}</dl></section>`;
}

function card(title: string, figures: readonly Figure[]): Markup {
  return html`<section class="card"><h2>${title}</h2><dl class="figures">${figures.map(
    ([label, value, hint]) =>
      html`<div${value === 0 ? html` class="zero"` : undefined}><dt>${label}${hint === undefined ? undefined : html` <small>${hint}</small>`}</dt><dd>${value}</dd></div>`,
  )}</dl></section>`;
}

/** Kinds that are rare are only named where there are some. */
function kindFigures({ findings, summary: { suppressed, baseline } }: Report): Figure[] {
  const counted = findings.filter((finding) => finding.suppressed === undefined).map(shownKind);
  const kinds = Object.entries(SHOWN_KINDS)
    .map(([kind, meaning]): Figure => [kind, counted.filter((each) => each === kind).length, meaning])
    .filter(([kind, number]) => number > 0 || kind === 'modified' || kind === 'deleted');
  const since: Figure[] = baseline
    ? [
        ['new', baseline.new, 'since the earlier report'],
        ['known', baseline.known],
        ['gone', baseline.gone],
      ]
    : [];
  return [...kinds, ...since, ['suppressed', suppressed, 'not counted']];
}

function resourceFigures(report: Report): Figure[] {
  const { resources, stacks } = report.summary;
  const { never } = coverageOfReport(report, isNestedStack).resources;
  return [
    ['total', resources.total, `in ${count(stacks, 'stack')}`],
    ['in sync', resources.inSync],
    ['modified', resources.modified],
    ['deleted', resources.deleted],
    ['not deployed', resources.undeployed],
    ['not read', report.resources.filter(isUnread).length],
    ...(never > 0 ? [['never comparable', never] satisfies Figure] : []),
  ];
}

function checkFigures({ summary: { properties, patches } }: Report): Figure[] {
  const proven: Figure[] = patches
    ? [
        ['with a patch', patches.patchable, 'findings'],
        ['without a patch', patches.refused, 'findings'],
      ]
    : [];
  return [
    ['compared', properties.compared, 'properties'],
    ['unverifiable', properties.unverifiable, 'properties'],
    ...proven,
  ];
}
