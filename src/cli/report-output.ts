import { isAbsolute } from 'node:path';
import { type Command, Option } from 'commander';
import { clean } from '../base/clean.js';
import { writeStream } from '../base/streams.js';
import { SEVERITIES } from '../model/gate.js';
import type { Report, Severity } from '../model/report.js';
import { withHidden } from '../model/show.js';
import type { Format } from '../report/formats.js';
import { withSavedReport } from './named-report.js';
import { collect } from './options.js';
import { type OutputTarget, parseOutputs, wantsColor, writeWhole } from './output.js';
import { mustBeTypes } from './type-names.js';

/** Options of every command that ends with a report. */
export interface ReportOptions {
  output?: string[];
  failOn?: Severity | 'never';
  strict?: boolean;
  newSince?: string;
  explain?: boolean;
  severity?: Severity;
  maxSeverity?: Severity;
  type?: string[];
  path?: string[];
  quiet?: boolean;
  verbose?: boolean;
  color?: boolean;
  /** The file that the report is read from. */
  savedAs?: string | undefined;
}

/** Adds the options that choose findings by what they are. */
export function addShowOptions(command: Command): Command {
  return command
    .addOption(new Option('--severity <severity>', 'only findings of this severity or higher').choices([...SEVERITIES]))
    .addOption(
      new Option('--max-severity <severity>', 'only findings of this severity or lower').choices([...SEVERITIES]),
    )
    .option('--type <glob...>', 'only resources of these types')
    .option('--path <glob...>', 'only properties at or below these paths, such as /Tags or /**/Statement');
}

/** Adds the options that say how a report is written and judged. */
export function addReportOptions(command: Command): Command {
  return addShowOptions(command)
    .option(
      '-o, --output <format[=file]>',
      'table, json, html, sarif, junit, markdown, github or gitlab, to stdout or a file; repeatable (default: table)',
      collect,
    )
    .addOption(
      new Option('--fail-on <severity>', 'the least severity that makes the exit code 1').choices([
        ...SEVERITIES,
        'never',
      ]),
    )
    .option('--strict', 'exit with 3 also when there is no drift but something could not be verified')
    .option('--new-since <report>', 'only what an earlier report (-o json) does not have makes the exit code 1')
    .option('--explain', 'list values that are unlike but mean the same, and the rule that says so')
    .option('-q, --quiet', 'no progress, no warnings, and no table when there is nothing to tell')
    .option('-v, --verbose', 'with each finding its edit, commands and last change; also what could not be verified')
    .option('--no-color', 'no colours (NO_COLOR and FORCE_COLOR are heeded too)');
}

/** What `-o` asks for. Throws a `DriftError` (code `usage`) before any work is done in vain. */
export async function reportOutputs({ output = ['table'], type }: ReportOptions): Promise<OutputTarget<Format>[]> {
  await mustBeTypes(type);
  const { formatNames } = await import('../report/formats.js');
  return parseOutputs(output, formatNames);
}

/** The earlier report that findings are compared with. Throws a `DriftError` (code `report`) with what is wrong with it. */
export async function earlierReport({ newSince }: ReportOptions): Promise<Report | undefined> {
  if (newSince === undefined) return undefined;
  const { readSavedReport } = await import('../model/saved-report.js');
  return readSavedReport(newSince);
}

/** Writes a report wherever it is asked for, and with `--quiet` says why the exit code is not 0. */
export async function writeReport(
  report: Report,
  outputs: readonly OutputTarget<Format>[],
  options: ReportOptions,
  stream?: NodeJS.WriteStream,
): Promise<void> {
  await writeReports(report, outputs, options, stream);
  tellReason(report, options.quiet ?? false);
}

/** Writes a report in each format; what has no file goes to the stream. */
export async function writeReports(
  report: Report,
  outputs: readonly OutputTarget<Format>[],
  options: ReportOptions,
  stream: NodeJS.WriteStream = process.stdout,
): Promise<void> {
  const { explain = false, verbose = false, quiet = false, color } = options;
  const { renderReport } = await import('../report/formats.js');
  const saved = options.savedAs ?? outputs.find(({ format }) => format === 'json')?.file;
  const shown = withHidden(report, options);
  // The same report is the same JSON, wherever it is saved; a path from the root may be of a machine that is gone later.
  const named = withSavedReport(shown, saved !== undefined && isAbsolute(saved) ? undefined : saved);
  for (const { format, file } of outputs) {
    const toFile = file !== undefined;
    const text = await renderReport(format === 'json' ? shown : named, format, {
      color: !toFile && wantsColor(stream, color),
      explain,
      verbose,
      ...(toFile || stream.columns === undefined ? {} : { width: stream.columns }),
    });
    if (toFile) await writeWhole(file, text);
    else if (!(quiet && format === 'table' && isSilent(report))) await writeStream(stream, text);
  }
}

/**
 * Exit code 0 is not enough: it may stand for drift that `--fail-on` lets pass. What was told before need not be told
 * again, and what is accepted was.
 */
function isSilent({ summary }: Report): boolean {
  const { exitCode, findings, baseline } = summary;
  const differences = baseline?.new ?? Object.values(findings).reduce((sum, count) => sum + count, 0);
  return exitCode === 0 && differences === 0;
}

/** With `--quiet`, says on stderr why the exit code is not 0. */
function tellReason({ summary }: Report, quiet: boolean): void {
  const { exitCode, exitReason } = summary;
  if (quiet && exitCode !== 0 && exitReason) process.stderr.write(`${clean(exitReason.text)}\n`);
}
