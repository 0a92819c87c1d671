import { clean } from '../../base/clean.js';
import { count } from '../../base/count.js';
import { groupBy, stackKey } from '../../base/group.js';
import type { Finding, Report, ResourceReport, Suppressed } from '../../model/report.js';
import { shorten } from '../shorten.js';
import { type Cell, columnWidths, layOut, type Row } from './columns.js';
import { resourceHeading, ruled, stackLabels } from './heading.js';
import type { Page } from './page.js';

/** What `--explain` and `--verbose` add: values equal by a rule, what other stacks declare, what AWS leaves open, unverifiable properties, suppressed findings. */
export function detailBlocks(report: Report, page: Page): string[] {
  return [
    page.explain ? equivalents(report, page) : '',
    page.explain ? owned(report, page) : '',
    page.explain ? openByDefault(report, page) : '',
    page.verbose ? unverifiables(report, page) : '',
    page.verbose ? suppressions(report, page) : '',
  ].filter((block) => block !== '');
}

function equivalents(report: Report, page: Page): string {
  const { dim } = page.chalk;
  const number = report.resources.reduce((sum, resource) => sum + (resource.equivalent?.length ?? 0), 0);
  const budget = Math.floor(page.width / 3.5) * 3;
  return section(`Equal by rule: ${count(number, 'value')}`, report.resources, stackLabels(report), page, (resource) =>
    (resource.equivalent ?? []).map(({ path, desired, live, equivalence }): Row => {
      const shown = shorten(desired, live, budget);
      const property: Cell = [
        { text: clean(path), paint: String },
        { text: clean(equivalence), paint: dim },
      ];
      return [property, [{ text: shown.desired, paint: String }], [{ text: shown.live, paint: String }]];
    }),
  );
}

function owned(report: Report, page: Page): string {
  const number = report.resources.reduce((sum, resource) => sum + (resource.owned?.length ?? 0), 0);
  const title = `Declared by other stacks: ${count(number, 'element')}`;
  return section(title, report.resources, stackLabels(report), page, (resource) =>
    (resource.owned ?? []).map(
      ({ path, stack, logicalId, type }): Row => [
        [{ text: clean(path), paint: String }],
        [{ text: clean(`${logicalId} of stack ${stack} (${type})`), paint: page.chalk.dim }],
      ],
    ),
  );
}

function openByDefault(report: Report, page: Page): string {
  const number = report.resources.reduce((sum, resource) => sum + (resource.openByDefault?.length ?? 0), 0);
  const title = `Open as AWS sets it: ${count(number, 'value')} that no template declares`;
  const budget = Math.floor(page.width / 3.5) * 3;
  return section(title, report.resources, stackLabels(report), page, (resource) =>
    (resource.openByDefault ?? []).map(
      ({ path, live, rule }): Row => [
        [
          { text: clean(path), paint: String },
          { text: clean(rule), paint: page.chalk.dim },
        ],
        [{ text: shorten(undefined, live, budget).live, paint: String }],
      ],
    ),
  );
}

function unverifiables(report: Report, page: Page): string {
  const title = `Unverifiable: ${count(report.summary.properties.unverifiable, 'property', 'properties')}`;
  return section(title, report.resources, stackLabels(report), page, (resource) =>
    resource.unverifiable.map(
      ({ path, reason }): Row => [
        [{ text: clean(path), paint: String }],
        [{ text: clean(reason), paint: page.chalk.dim }],
      ],
    ),
  );
}

function suppressions(report: Report, page: Page): string {
  const suppressed = report.findings.filter((finding) => finding.suppressed);
  const title = `Suppressed: ${count(suppressed.length, 'difference')}`;
  const groups = groupBy(suppressed, (finding) => `${stackKey(finding)} ${finding.logicalId} ${finding.physicalId}`);
  const resources = [...groups.values()].flatMap((findings) =>
    findings.slice(0, 1).map((finding) => ({ ...finding, logicalId: nameOf(finding), findings })),
  );
  return section(title, resources, stackLabels(report), page, ({ findings }) =>
    findings.map(
      ({ path, suppressed: why }): Row => [
        [{ text: path === '' ? 'the resource' : clean(path), paint: String }],
        why ? reasonLines(why).map((text) => ({ text, paint: page.chalk.dim })) : [],
      ],
    ),
  );
}

/** The reason, and below it where that is said. */
function reasonLines({ reason, until, file, line }: Suppressed): string[] {
  const text = clean(`${reason}${until === undefined ? '' : ` (until ${until})`}`);
  return file === undefined ? [text] : [text, clean(`${file}:${line ?? 1}`)];
}

/** What no stack owns has no name in a template. */
function nameOf({ kind, logicalId, physicalId }: Finding): string {
  return kind === 'unmanaged' ? (physicalId ?? '') : logicalId;
}

type Subject = Pick<ResourceReport, 'stack' | 'region' | 'account' | 'logicalId' | 'type'>;

/** A titled block with the rows of each resource that has some; empty when none has. */
function section<T extends Subject>(
  title: string,
  resources: readonly T[],
  labelOf: ReturnType<typeof stackLabels>,
  page: Page,
  rowsOf: (resource: T) => Row[],
): string {
  const tables = resources
    .map((resource) => ({ resource, rows: rowsOf(resource) }))
    .filter(({ rows }) => rows.length > 0);
  if (tables.length === 0) return '';
  const widths = columnWidths(
    tables.flatMap(({ rows }) => rows),
    page,
  );
  const parts = tables.map(({ resource, rows }) => {
    const heading = resourceHeading({ ...resource, physicalId: labelOf(resource) }, page);
    return `${heading}\n${layOut(rows, widths)}`;
  });
  return [ruled(title, page), ...parts].join('\n');
}
