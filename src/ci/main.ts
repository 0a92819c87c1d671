import { readFile } from 'node:fs/promises';
import { Command, CommanderError, Option } from 'commander';
import { clean, cleanLines } from '../base/clean.js';
import { DriftError, describeProblem } from '../base/errors.js';
import { EXIT } from '../base/exit-codes.js';
import { writeStdout } from '../base/streams.js';
import { toolVersion } from '../base/version.js';
import { SEVERITIES } from '../model/gate.js';
import type { Report, Severity } from '../model/report.js';
import { plainLine } from '../report/github/command.js';
import { maskText } from '../secrets/mask.js';
import { isSecretName } from '../secrets/secret-name.js';
import type { ForgeError } from './api.js';
import type { Forge } from './forge.js';

interface CommentOptions {
  report: string;
  category: string;
}

interface PatchesOptions {
  report: string;
  diff: string;
  body: string;
  branch: string;
  base?: string;
  remote: string;
  repository: string;
  request: boolean;
  maxSeverity: Severity;
}

/** What is shorter is a word that stands elsewhere, too. */
const SHORTEST_TOKEN = 8;

/**
 * Runs `gitops-drift-ci`, what pipelines do with a finished scan, and gives the exit code. Results for further steps go
 * to stdout as `name=value` lines, everything else to stderr.
 */
export async function ciMain(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    await createProgram(env).parseAsync(args, { from: 'user' });
    return EXIT.inSync;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.inSync : EXIT.error;
    const problems = error instanceof DriftError ? error.problems : [{ message: String(error) }];
    for (const problem of problems) tell(env, 'error', describeProblem(problem));
    return EXIT.error;
  }
}

function createProgram(env: NodeJS.ProcessEnv): Command {
  const program = new Command('gitops-drift-ci')
    .description('What pipelines on GitHub and GitLab do with a finished scan.')
    .version(toolVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)');
  program
    .command('outputs')
    .description('print the counts and the exit reason of a saved report as name=value lines')
    .argument('<report>', 'saved with -o json')
    .action(async (file: string) => writeStdout(outputs(await readReport(file))));
  program
    .command('code-scanning')
    .description(
      'print a SARIF report for code scanning of GitHub: without suppressed findings and a category of its own',
    )
    .argument('<sarif>', 'the report, written with -o sarif')
    .action(async (file: string) => writeStdout(await codeScanning(file)));
  program
    .command('earlier')
    .description(
      'print the path of an earlier report for --new-since; where it can not be read, warn and print nothing',
    )
    .argument('<report>', 'saved with -o json, and kept by a pipeline')
    .action(async (file: string) => writeStdout(await earlier(env, file)));
  program
    .command('comment')
    .description('keep one comment in the pull or merge request that the pipeline runs for')
    .argument('<markdown>', 'the report, written with -o markdown')
    .requiredOption('--report <file>', 'the same report, saved with -o json')
    .option('--category <name>', 'tells the comments of several scans apart', 'gitops-drift')
    .action((file: string, options: CommentOptions) => comment(env, file, options));
  program
    .command('patches')
    .description('keep one branch, and one pull or merge request, with the patches of the latest scan')
    .requiredOption('--report <file>', 'the report, saved with -o json')
    .requiredOption('--diff <file>', 'its patches, written by scan --patch')
    .requiredOption('--body <file>', 'the report, written with -o markdown')
    .requiredOption('--branch <name>', 'the branch to keep')
    .option('--base <name>', 'the branch to merge into (default: the one that the pipeline runs for)')
    .option('--remote <remote>', 'name or URL of the remote', 'origin')
    .option('--repository <directory>', 'the checkout that was scanned', '.')
    .option('--no-request', 'only the branch, no pull or merge request')
    .addOption(
      new Option('--max-severity <severity>', 'propose edits of findings up to this severity')
        .choices([...SEVERITIES])
        .default('medium'),
    )
    .action((options: PatchesOptions) => patches(env, options));
  return program;
}

function outputs({ summary }: Report): string {
  const { critical, high, medium, low } = summary.findings;
  const counts = {
    findings: critical + high + medium + low,
    critical,
    high,
    medium,
    low,
    suppressed: summary.suppressed,
    unreadable: summary.resources.unreadable,
    new: summary.baseline?.new,
    patchable: summary.patches?.patchable,
  };
  const reason = { 'exit-reason': summary.exitReason?.code };
  return Object.entries({ ...counts, ...reason })
    .map(([name, value]) => `${name}=${value ?? ''}\n`)
    .join('');
}

/** What kept the report may have lost it: that is no reason to fail what would be compared with it. */
async function earlier(env: NodeJS.ProcessEnv, file: string): Promise<string> {
  try {
    await readReport(file);
    return `${file}\n`;
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    const why = error.problems.map(describeProblem).join('\n');
    tell(env, 'warning', `no earlier report, so that everything counts as new: ${why}`);
    return '';
  }
}

async function codeScanning(file: string): Promise<string> {
  const { forCodeScanning } = await import('./code-scanning.js');
  return forCodeScanning(await readFile(file, 'utf8'), file);
}

async function comment(
  env: NodeJS.ProcessEnv,
  file: string,
  { report: saved, category }: CommentOptions,
): Promise<void> {
  const { keepComment } = await import('./comment.js');
  const { ForgeError: Refusal } = await import('./api.js');
  const { summary, findings } = await readReport(saved);
  const forge = await openForge(env);
  if (forge.request === undefined) return say(env, `no comment: this pipeline does not run for a ${forge.word}`);
  const isNews = summary.exitCode !== EXIT.inSync || findings.some(({ suppressed }) => suppressed === undefined);
  const body = await readFile(file, 'utf8');
  try {
    const outcome = await keepComment(forge, { request: forge.request, category, body, isNews });
    say(env, outcome === 'none' ? 'no comment: there is nothing to tell' : `comment ${outcome}`);
  } catch (error) {
    // The scan decides whether the pipeline passes; that its result is not told in a comment is no drift.
    if (!(error instanceof Refusal)) throw error;
    tell(env, 'warning', `no comment: ${problemText(error)}`);
  }
}

async function patches(env: NodeJS.ProcessEnv, options: PatchesOptions): Promise<void> {
  const { keepPatchRequest } = await import('./patch-request.js');
  const { openRepository } = await import('../git/repository.js');
  const { report: saved, diff, body, branch, remote, repository, request } = options;
  const forge = await openForge(env);
  const base = options.base ?? forge.branch;
  if (base === undefined || forge.request !== undefined) {
    const why = `this pipeline runs for a ${forge.word} or a tag, not for a branch`;
    return tell(env, 'warning', `no patch branch: ${why}`);
  }
  if (base === branch)
    throw new DriftError('usage', [
      { code: 'usage-bad-value', message: `the patches can't be merged from "${branch}" into itself` },
    ]);
  const { root } = await openRepository(repository);
  const { diffOf, proposedOf } = await import('./proposed.js');
  const report = await readReport(saved);
  const proposed = proposedOf(report, options.maxSeverity);
  const isAll = proposed.left.length === 0;
  const { outcome, text, url } = await keepPatchRequest(forge, {
    root,
    remote,
    branch,
    base,
    report,
    proposed,
    diff: isAll ? await readFile(diff, 'utf8') : await diffOf(proposed.chosen, report, repository),
    body: await readFile(body, 'utf8'),
    withRequest: request,
  });
  if (outcome === 'taken' || outcome === 'declined') tell(env, 'warning', text);
  else say(env, text);
  const isThere = outcome !== 'none' && outcome !== 'closed';
  await writeStdout(
    `outcome=${outcome}\npatch-branch=${isThere ? clean(branch) : ''}\nrequest=${clean(withoutTokens(env, url ?? ''))}\n`,
  );
}

async function openForge(env: NodeJS.ProcessEnv): Promise<Forge> {
  const { openGitHub } = await import('./github.js');
  const { openGitLab } = await import('./gitlab.js');
  if (env['GITLAB_CI'] === 'true') return openGitLab(env);
  if (env['GITHUB_ACTIONS'] === 'true') return openGitHub(env);
  const hint = 'it goes by their variables GITHUB_ACTIONS and GITLAB_CI';
  throw new DriftError('usage', [
    { code: 'forge-not-set-up', message: 'this is no pipeline of GitHub or GitLab', hint },
  ]);
}

async function readReport(file: string): Promise<Report> {
  const { readSavedReport } = await import('../model/saved-report.js');
  return readSavedReport(file);
}

function problemText(error: ForgeError): string {
  return error.problems.map(describeProblem).join('\n');
}

/** In one line that begins with our own words: a forge's answer is no command to a runner. */
function say(env: NodeJS.ProcessEnv, text: string): void {
  process.stderr.write(`${plainLine(clean(withoutTokens(env, text)))}\n`);
}

/** GitHub shows such lines on the run's page; escaped as its own toolkit does (actions/toolkit, command.ts). */
function tell(env: NodeJS.ProcessEnv, level: 'warning' | 'error', text: string): void {
  const shown = withoutTokens(env, text);
  const escaped = cleanLines(shown).replaceAll('%', '%25').replaceAll('\n', '%0A');
  if (env['GITHUB_ACTIONS'] === 'true') process.stderr.write(`::${level}::${escaped}\n`);
  else process.stderr.write(`${cleanLines(`${level}: ${shown}`)}\n`);
}

/** A forge, or Git with its remote's URL, may tell a token of the pipeline's in what it answers. */
function withoutTokens(env: NodeJS.ProcessEnv, text: string): string {
  const tokens = Object.entries(env).flatMap(([name, value = '']) =>
    isSecretName(name) && value.length >= SHORTEST_TOKEN ? [value] : [],
  );
  return maskText(text, tokens);
}
