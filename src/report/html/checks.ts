import { count } from '../../base/count.js';
import { groupBy } from '../../base/group.js';
import type { Report, ResourceReport } from '../../model/report.js';
import { differingParts } from '../shorten.js';
import { stackLabels } from '../table/heading.js';
import { html, lines, type Markup } from './markup.js';
import { more } from './unread.js';

/** Of a list that nobody reads to its end, this many are named. */
const NAMED = 500;
const VALUE = 120;

/** What stands behind the figures, folded: what could not be verified, what is equal by a rule, what other stacks declare, how AWS judges. */
export function checks(report: Report): Markup {
  return html`${unverifiable(report)}${equivalent(report)}${owned(report)}${openByDefault(report)}${crossCheck(report)}`;
}

function unverifiable(report: Report): Markup {
  const labelOf = stackLabels(report);
  const all = report.resources.flatMap((resource) => resource.unverifiable.map((each) => ({ ...each, resource })));
  const groups = [...groupBy(all, ({ reason }) => reason)];
  return folded(
    `Unverifiable: ${count(all.length, 'property', 'properties')}`,
    groups
      .slice(0, NAMED)
      .map(
        ([reason, same]) =>
          html`<h3>${lines(reason)} <span class="number">${same.length}</span></h3><ul>${same
            .slice(0, NAMED)
            .map(
              ({ path, resource }) => html`<li>${subject(resource, labelOf)} <code>${path}</code></li>`,
            )}${more(same.length - NAMED)}</ul>`,
      ),
  );
}

function equivalent(report: Report): Markup {
  const labelOf = stackLabels(report);
  const all = report.resources.flatMap((resource) =>
    (resource.equivalent ?? []).map((each) => ({ ...each, resource })),
  );
  const items = all.slice(0, NAMED).map(({ path, desired, live, equivalence, resource }) => {
    const [part] = differingParts(desired, live, VALUE, 1);
    return html`<li>${subject(resource, labelOf)} <code>${path}</code>: <code>${part?.desired}</code> is <code>${part?.live}</code> <span class="type">${equivalence}</span></li>`;
  });
  return folded(
    `Equal by rule: ${count(all.length, 'value')}`,
    items.length === 0 ? [] : [html`<ul>${items}${more(all.length - NAMED)}</ul>`],
  );
}

function owned(report: Report): Markup {
  const labelOf = stackLabels(report);
  const all = report.resources.flatMap((resource) => (resource.owned ?? []).map((each) => ({ ...each, resource })));
  const items = all
    .slice(0, NAMED)
    .map(
      ({ path, stack, logicalId, resource }) =>
        html`<li>${subject(resource, labelOf)} <code>${path}</code>: ${logicalId} of stack ${stack}</li>`,
    );
  return folded(
    `Declared by other stacks: ${count(all.length, 'element')}`,
    items.length === 0 ? [] : [html`<ul>${items}${more(all.length - NAMED)}</ul>`],
  );
}

function openByDefault(report: Report): Markup {
  const labelOf = stackLabels(report);
  const all = report.resources.flatMap((resource) =>
    (resource.openByDefault ?? []).map((each) => ({ ...each, resource })),
  );
  const items = all.slice(0, NAMED).map(({ path, live, rule, resource }) => {
    const [part] = differingParts(undefined, live, VALUE, 1);
    return html`<li>${subject(resource, labelOf)} <code>${path}</code>: <code>${part?.live ?? ''}</code> <span class="type">${rule}</span></li>`;
  });
  return folded(
    `Open as AWS sets it: ${count(all.length, 'value')} that no template declares`,
    items.length === 0 ? [] : [html`<ul>${items}${more(all.length - NAMED)}</ul>`],
  );
}

function crossCheck(report: Report): Markup {
  if (report.crossCheck === undefined) return html``;
  const { stacks, disagreements, errors } = report.crossCheck;
  const labelOf = stackLabels(report);
  const title = `Cross-check with AWS's drift detection: ${count(disagreements.length, 'disagreement')} in ${count(stacks, 'stack')}`;
  return folded(title, [
    html`<ul>${disagreements
      .slice(0, NAMED)
      .map(
        (each) =>
          html`<li>${subject(each, labelOf)} <code>${each.path}</code>: here ${each.own}, AWS ${each.aws}: ${each.reason}</li>`,
      )}${more(disagreements.length - NAMED)}</ul>`,
    html`<ul>${errors.map((each) => html`<li>${labelOf(each)}: AWS could not judge it: ${lines(each.error)}</li>`)}</ul>`,
  ]);
}

function subject(
  of: Pick<ResourceReport, 'stack' | 'region' | 'account' | 'logicalId'>,
  labelOf: ReturnType<typeof stackLabels>,
): Markup {
  return html`<span class="type">${labelOf(of)}</span> <b>${of.logicalId}</b>`;
}

function folded(title: string, content: readonly Markup[]): Markup {
  if (content.length === 0) return html``;
  return html`<details class="check"><summary><h2>${title}</h2></summary>${content}</details>
`;
}
