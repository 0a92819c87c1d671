import { readFile } from 'node:fs/promises';
import { DriftError, type Problem } from '../base/errors.js';
import { isDeeperThan, isObject } from '../base/json.js';
import { systemReason } from '../base/system-reason.js';
import { loadValidators, type Validator } from '../base/validator.js';
import { readJson } from '../syntax/read-json.js';
import type { Report } from './report.js';

const WRITE_ONE = 'write one with: gitops-drift scan -o json=drift.json';
/** Deeper than a report with the deepest values; its readers walk through it recursively. */
const DEEPEST = 300;
const MAX_PROBLEMS = 20;

/**
 * Reads a report that `-o json` wrote, held to its schema. Throws a `DriftError` (code `report`) that names what is
 * wrong with it.
 */
export async function readSavedReport(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const message = `can't read the report: ${systemReason(cause)}`;
    throw new DriftError('report', [{ code: 'file-unreadable', message, file, hint: WRITE_ONE }], { cause });
  });
  const value = readJson(file, text, { error: 'report', code: 'report-invalid', hint: WRITE_ONE });
  const version = isObject(value) ? value['schemaVersion'] : undefined;
  if (version === undefined)
    fail({
      code: 'report-invalid',
      message: 'not a gitops-drift report (no schemaVersion)',
      file,
      hint: WRITE_ONE,
    });
  if (version !== 1) {
    const message = `schemaVersion ${JSON.stringify(version)} is not known here; this version reads 1`;
    fail({ code: 'report-unknown-version', message, file, hint: `use a newer gitops-drift, or ${WRITE_ONE}` });
  }
  if (isDeeperThan(value, DEEPEST))
    fail({ code: 'report-invalid', message: `it is nested deeper than ${DEEPEST} levels`, file });
  const { isReport } = await loadValidators<{ isReport: Validator<Report> }>('report');
  if (isReport(value)) return value;
  const problems = (isReport.errors ?? []).slice(0, MAX_PROBLEMS).map(({ instancePath, message }): Problem => {
    return { code: 'report-invalid', message: `${instancePath === '' ? 'the report' : instancePath} ${message}`, file };
  });
  throw new DriftError('report', problems);
}

function fail(problem: Problem): never {
  throw new DriftError('report', [problem]);
}
