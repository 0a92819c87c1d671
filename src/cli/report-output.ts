import { type Command, Option } from 'commander';
import type { Report, Severity } from '../drift/report.js';
import { SEVERITIES } from '../drift/summary.js';
import type { Format } from '../report/formats.js';
import { collect } from './options.js';
import { type OutputTarget, parseOutputs, wantsColor, writeStream, writeWhole } from './output.js';

/** Options of every command that ends with a report. */
export interface ReportOptions {
  output?: string[];
  failOn?: Severity | 'never';
  strict?: boolean;
  explain?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  color?: boolean;
}

/** Adds the options that say how a report is written and judged. */
export function addReportOptions(command: Command): Command {
  return command
    .option(
      '-o, --output <format[=file]>',
      'table, json, sarif, junit, markdown, github or gitlab, to stdout or a file; repeatable (default: table)',
      collect,
    )
    .addOption(
      new Option('--fail-on <severity>', 'the least severity that makes the exit code 1').choices([
        ...SEVERITIES,
        'never',
      ]),
    )
    .option('--strict', 'exit with 3 when there is no drift but something could not be verified')
    .option('--explain', 'list values that are unlike but mean the same, and the rule that says so')
    .option('-q, --quiet', 'no progress, no warnings, and no table when all is in sync')
    .option('-v, --verbose', 'list what could not be verified, and why')
    .option('--no-color', 'no colours (NO_COLOR and FORCE_COLOR are heeded too)');
}

/** What `-o` asks for. Throws a `DriftError` (code `usage`) before any work is done in vain. */
export async function reportOutputs({ output = ['table'] }: ReportOptions): Promise<OutputTarget<Format>[]> {
  const { formatNames } = await import('../report/formats.js');
  return parseOutputs(output, formatNames);
}

/** Writes a report wherever it is asked for; what has no file goes to the stream. */
export async function writeReport(
  report: Report,
  outputs: readonly OutputTarget<Format>[],
  { explain = false, verbose = false, quiet = false, color }: ReportOptions,
  stream: NodeJS.WriteStream = process.stdout,
): Promise<void> {
  const { renderReport } = await import('../report/formats.js');
  for (const { format, file } of outputs) {
    const toFile = file !== undefined;
    const text = await renderReport(report, format, {
      color: !toFile && wantsColor(stream, color),
      explain,
      verbose,
      ...(toFile || stream.columns === undefined ? {} : { width: stream.columns }),
    });
    if (toFile) await writeWhole(file, text);
    else if (!(quiet && format === 'table' && isInSync(report))) await writeStream(stream, text);
  }
}

/** Exit code 0 is not enough: it may stand for drift that `--fail-on` lets pass, or for what could not be read. */
function isInSync({ summary, scan }: Report): boolean {
  const { exitCode, findings, resources } = summary;
  const differences = Object.values(findings).some((count) => count > 0);
  const isMergedInPart = scan.shard?.includes(',') ?? false;
  return exitCode === 0 && !differences && !isMergedInPart && resources.unreadable + resources.unsupported === 0;
}
