import type { LogicalLocation, Result, Suppression } from 'sarif';
import { cleanShort } from '../../base/clean.js';
import type { Finding, Report } from '../../model/report.js';
import { findingLines } from '../finding-lines.js';
import { stackText, suppressionText } from '../finding-text.js';
import { placesOf } from '../place.js';
import { fixesOf } from './fixes.js';
import { artifactLocation, regionOf } from './region.js';
import { levelOf, type Rules } from './rules.js';

const LONGEST_NAME = 300;

/** Gives what makes a result of a finding. */
export function createResults(report: Report, rules: Rules): (finding: Finding) => Result {
  const placeOf = placesOf(report);
  const ruleOf = new Map(report.rules?.map((rule) => [rule.id, rule]));
  return (finding) => {
    const place = placeOf(finding);
    const standIn = place.isStandIn ? ['No template declares it: this place only stands for where it would be.'] : [];
    const lines = [...findingLines(finding, ruleOf.get(finding.rule ?? '')), ...standIn];
    return {
      ...rules.of(finding),
      level: levelOf(finding.severity),
      kind: 'fail',
      message: { text: lines.map(unlinked).join('\n') },
      locations: [
        {
          physicalLocation: { artifactLocation: artifactLocation(place.file), region: regionOf(place) },
          logicalLocations: logicalLocations(finding),
        },
      ],
      partialFingerprints: fingerprints(finding),
      ...(finding.suppressed ? { suppressions: [suppression(finding)] } : {}),
      ...(finding.baseline === undefined ? {} : { baselineState: finding.baseline === 'known' ? 'unchanged' : 'new' }),
      ...fixesOf(finding),
      properties: properties(finding),
    };
  };
}

/** In a message `[text](target)` is a link, whoever wrote it. */
function unlinked(line: string): string {
  return line.replaceAll('](', '] (');
}

/** GitHub looks at the first; the second is the same under a name of our own, for other readers. */
function fingerprints({ id }: Finding): Record<string, string> {
  const shown = cleanShort(id, LONGEST_NAME);
  return { primaryLocationLineHash: shown, 'driftId/v1': shown };
}

function logicalLocations(finding: Finding): LogicalLocation[] {
  const { logicalId, physicalId, type } = finding;
  const name = cleanShort(logicalId === '' ? (physicalId ?? type) : logicalId, LONGEST_NAME);
  return [{ name, fullyQualifiedName: `${stackText(finding)}/${name}`, kind: 'resource' }];
}

function suppression(finding: Finding): Suppression {
  const { suppressed } = finding;
  const file = suppressed?.file;
  const region = suppressed?.line === undefined ? {} : { region: { startLine: suppressed.line } };
  return {
    kind: suppressed?.by === 'template' ? 'inSource' : 'external',
    status: 'accepted',
    justification: suppressionText(finding),
    ...(file === undefined
      ? {}
      : { location: { physicalLocation: { artifactLocation: artifactLocation(file), ...region } } }),
  };
}

function properties(finding: Finding) {
  const { severity, verdict, kind, stack, region, account, type, physicalId, path, undeclared, change } = finding;
  const texts = { stack, region, account, type, physicalId, path };
  const shown = Object.entries(texts).map(([key, text]) => [
    key,
    text === null ? null : cleanShort(text, LONGEST_NAME),
  ]);
  const told = undeclared ? { undeclared, ...(change === undefined ? {} : { change }) } : {};
  return { severity, verdict, kind, ...told, ...Object.fromEntries(shown) };
}
