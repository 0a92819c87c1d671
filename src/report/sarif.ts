import type { Log, Result, Run, VersionControlDetails } from 'sarif';
import { cleanShort } from '../base/clean.js';
import { toolHomepage } from '../base/version.js';
import { isDrift, type Report } from '../model/report.js';
import { gravestFirst } from './finding-text.js';
import { jsonText } from './json-text.js';
import { invocationOf } from './sarif/invocation.js';
import { ROOT } from './sarif/region.js';
import { createResults } from './sarif/results.js';
import { createRules } from './sarif/rules.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
/** https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
const MOST_RESULTS = 25_000;
/** GitHub takes 10 MB compressed; text like this shrinks to less than a fifth. */
const MOST_TEXT = 50_000_000;
/** What stands around a message and an edit. */
const EMPTY_RESULT = 1200;
const EMPTY_EDIT = 200;

/**
 * The report as SARIF 2.1.0, for code scanning: drift and conflicts as results, the gravest first, suppressed ones marked
 * so; what could not be read as notifications. More than GitHub takes is left out, and counted.
 */
export function renderSarif(report: Report): string {
  const findings = gravestFirst(report.findings.filter(({ verdict }) => isDrift(verdict)));
  const rules = createRules(report);
  const createResult = createResults(report, rules);
  const results = [];
  let room = MOST_TEXT;
  for (const finding of findings.slice(0, MOST_RESULTS)) {
    const result = createResult(finding);
    room -= sizeOf(result);
    if (room < 0) break;
    results.push(result);
  }
  const run: Run = {
    tool: {
      driver: {
        name: cleanShort(report.tool.name, 100),
        version: cleanShort(report.tool.version, 100),
        informationUri: toolHomepage(),
        rules: [...rules.descriptors],
      },
    },
    automationDetails: { id: automationId(report) },
    invocations: [invocationOf(report, findings.length - results.length)],
    ...provenance(report),
    originalUriBaseIds: { [ROOT]: { description: { text: "The repository's root." } } },
    columnKind: 'utf16CodeUnits',
    results,
  };
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] };
  // Indentation would be a third of it.
  return jsonText(log, 0);
}

/** About how long a result is as text: what differs from one to the other is its message and its edits. */
function sizeOf({ message, fixes = [] }: Result): number {
  const edits = fixes.flatMap(({ artifactChanges }) => artifactChanges.flatMap(({ replacements }) => replacements));
  const inserted = edits.reduce(
    (sum, { insertedContent }) => sum + (insertedContent?.text?.length ?? 0) + EMPTY_EDIT,
    0,
  );
  return EMPTY_RESULT + (message.text?.length ?? 0) + inserted;
}

/** The category (one a shard, since a later upload replaces its like) and, after the last slash, the run. */
function automationId({ scan }: Report): string {
  const shard = scan.shard === undefined ? '' : `shard-${scan.shard.replace('/', '-of-')}/`;
  return cleanShort(`gitops-drift/${shard}${scan.startedAt}`, 300);
}

/** A repository that has an address is told by it; a path on some machine tells nobody anything. */
function provenance({ scan }: Report): { versionControlProvenance?: VersionControlDetails[] } {
  if (!/^(?:https?|ssh|git):\/\//.test(scan.repository) || !URL.canParse(scan.repository)) return {};
  const address = new URL(scan.repository);
  address.username = '';
  address.password = '';
  const { href } = address;
  const revision = scan.commit === null ? {} : { revisionId: cleanShort(scan.commit, 100) };
  return { versionControlProvenance: [{ repositoryUri: href, ...revision, mappedTo: { uriBaseId: ROOT } }] };
}
