import { count } from '../../base/count.js';
import { groupBy, stackKey } from '../../base/group.js';
import { SEVERITIES } from '../../model/gate.js';
import type { Finding, Report, StackReport } from '../../model/report.js';
import { stackLabels } from '../table/heading.js';
import { html, type Markup, plain } from './markup.js';

/** The name by which the page tells a stack, of findings and filters alike. */
export function stackNames(report: Report): (of: Pick<Finding, 'stack' | 'region' | 'account'>) => string {
  const labelOf = stackLabels(report);
  return (of) => (of.stack === '' ? 'in no stack' : plain(labelOf(of), 300));
}

/** All stacks with their place, state, and findings that count. */
export function stacks(report: Report): Markup {
  if (report.stacks.length === 0) return html``;
  const counted = groupBy(
    report.findings.filter(({ suppressed }) => suppressed === undefined),
    stackKey,
  );
  const nameOf = stackNames(report);
  const failed = report.stacks.filter(({ status }) => status === 'error').length;
  const title = count(report.stacks.length, 'stack') + (failed > 0 ? `, ${failed} not scanned` : '');
  return html`<details class="stacks"><summary><h2>${title}</h2></summary>
<section class="scroll" aria-label="Stacks"><table>
<thead><tr><th scope="col">Stack</th><th scope="col">Template</th><th scope="col">Region</th><th scope="col">Account</th><th scope="col">State</th>${SEVERITIES.map(
    (severity) => html`<th scope="col" class="number">${severity}</th>`,
  )}</tr></thead>
<tbody>${report.stacks.map((stack) => {
    const key = stackKey({ ...stack, stack: stack.name });
    return row(stack, nameOf({ ...stack, stack: stack.name }), counted.get(key) ?? []);
  })}</tbody></table></section></details>
`;
}

function row(stack: StackReport, name: string, findings: readonly Finding[]): Markup {
  const { deployedAs, template, region, account, status } = stack;
  const failed = status === 'error';
  const figures = SEVERITIES.map((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return html`<td class="number${number === 0 ? ' zero' : ''}">${failed ? '' : number}</td>`;
  });
  const label =
    findings.length > 0
      ? html`<a href="#${new URLSearchParams({ stack: name }).toString()}">${stack.name}</a>`
      : stack.name;
  const deployed = deployedAs === undefined ? undefined : html` <small>${deployedAs}</small>`;
  return html`<tr><th scope="row">${label}${deployed}</th><td>${template === null ? 'none in Git' : html`<code>${template}</code>`}</td><td>${region}</td><td>${account ?? ''}</td><td>${failed ? html`<strong class="bad">✗ not scanned</strong>` : 'scanned'}</td>${figures}</tr>
`;
}
