import { type Command, Option } from 'commander';
import { clean, cleanLines } from '../base/clean.js';
import { DriftError } from '../base/errors.js';
import { EXIT } from '../base/exit-codes.js';
import type { Checkout } from '../git/repository.js';
import type { IgnoreChange, IgnoreRequest } from '../ignore/request.js';
import { findingsById } from '../model/find-finding.js';
import type { Finding, Report } from '../model/report.js';
import { addSourceOptions, REPORT_CONFLICTS, type SourceOptions } from './options.js';
import { writeWhole } from './output.js';
import { reportToActOn } from './report-to-act-on.js';
import { placeIn } from './work-tree-file.js';

interface IgnoreOptions extends SourceOptions {
  report?: string;
  reason: string;
  until?: string;
  in: 'config' | 'template';
}

/** `gitops-drift ignore`: writes the rule by which a finding does not count. */
export function addIgnoreCommand(program: Command, finish: (exitCode: number) => void): void {
  const command = program
    .command('ignore')
    .description('write the rule by which a finding does not count, proven to cover that finding and no other')
    .argument('<id>', 'the id of the finding, or its first four digits or more')
    .argument('[repo]', 'a Git work tree', '.')
    .requiredOption('--reason <text>', 'why it may stay; reports show it')
    .option('--until <day>', 'the last day on which the rule holds, such as 2027-01-31')
    .addOption(
      new Option('--in <place>', 'an entry of ignore: in gitops-drift.yaml, or a comment in the template')
        .choices(['config', 'template'])
        .default('config'),
    );
  addSourceOptions(command)
    .addOption(
      new Option(
        '--report <file>',
        'take the findings from a report saved with -o json, without scanning again',
      ).conflicts(REPORT_CONFLICTS.filter((name) => name !== 'config')),
    )
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift ignore 1f0c2a9b --reason 'autoscaling owns it'
  gitops-drift ignore 1f0c --report drift.json --reason 'known, see OPS-12' --until 2027-01-31
  gitops-drift ignore 1f0c --in template --reason 'tuned by hand'     a comment above the resource

Exit codes: 0 written, 2 error: nothing was written`,
    )
    .action(async (id: string, repository: string, options: IgnoreOptions) => {
      finish(await runIgnore(id, repository, options));
    });
}

async function runIgnore(id: string, repository: string, options: IgnoreOptions): Promise<number> {
  const { openRepository } = await import('../git/repository.js');
  const opened = await openRepository(repository);
  if (opened.bare || options.ref !== undefined) {
    const message = 'the rule is written to files of a work tree';
    const hint = 'name a work tree, and leave out --ref';
    throw new DriftError('usage', [{ code: 'usage-no-work-tree', message, hint }]);
  }
  const report = await reportToActOn(repository, options);
  const [finding] = findingsById([id], report.findings, '');
  if (finding === undefined) return EXIT.error;
  const { reason, until } = options;
  const today = new Date().toISOString().slice(0, 10);
  const request = { finding, reason, until, today };
  const change = await ignored(request, report, await opened.checkout(), options);
  await writeChange(repository, change);
  process.stderr.write(`${cleanLines(writtenText(finding, change, options))}\n`);
  return EXIT.inSync;
}

/** The edited file; nothing is written yet. */
async function ignored(
  request: IgnoreRequest,
  { findings, stacks }: Report,
  checkout: Checkout,
  { in: place, config: path }: Pick<IgnoreOptions, 'in' | 'config'>,
): Promise<IgnoreChange> {
  const { DEFAULT_IAC } = await import('../iac/registry.js');
  if (place === 'config') {
    const { writtenConfig } = await import('../scan/sources.js');
    const { ignoreInConfig } = await import('../ignore/in-config.js');
    const config = await writtenConfig(checkout, path, DEFAULT_IAC);
    return ignoreInConfig(request, findings, config?.source, DEFAULT_IAC);
  }
  const { ignoreInTemplate } = await import('../ignore/in-template.js');
  const template = templateOf(request.finding, stacks);
  const owners = stacks.filter((stack) => stack.template === template);
  return ignoreInTemplate(request, findings, { source: await checkout.read(template), stacks: owners }, DEFAULT_IAC);
}

function templateOf({ id, stack, region, account }: Finding, stacks: Report['stacks']): string {
  const own = stacks.find((each) => each.name === stack && each.region === region && each.account === account);
  if (own?.template != null) return own.template;
  const message = `${id}: no template in this repository declares it`;
  throw new DriftError('usage', [
    { code: 'ignore-refused', message, hint: 'write the rule to the configuration: --in config' },
  ]);
}

async function writeChange(repository: string, { path, before, after }: IgnoreChange): Promise<void> {
  if (before === undefined) return writeWhole(await placeIn(repository, path), after);
  const { applyFiles } = await import('../patch/write/apply-files.js');
  const { openRepository } = await import('../git/repository.js');
  const { root } = await openRepository(repository);
  await applyFiles(root, [{ path, before, after }]);
}

function writtenText(finding: Finding, { path, line }: IgnoreChange, { reason, until }: IgnoreOptions): string {
  const { id, stack, logicalId } = finding;
  const subject = clean([stack, logicalId, finding.path].filter((part) => part !== '').join(' '));
  const day = until === undefined ? '' : `, until ${until}`;
  const place = /\/\d+(?:\/|$)/.test(finding.path) ? BY_PLACE : '';
  return `${path}:${line}: ${id} (${subject}) no longer counts: ${reason.trim()}${day}\n${place}Next: review it with git diff, and commit it; scans count the finding as suppressed`;
}

/** Lists have no other names for their elements in a rule. */
const BY_PLACE =
  'Note: the rule names an element by its place in the list, so whatever stands there later is covered, too: give it an end with --until\n';
