import { readFile } from 'node:fs/promises';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { DriftError, type Problem } from '../base/errors.js';
import { isDeeperThan, isObject, type Json } from '../base/json.js';
import type { Report } from './report.js';

const SCHEMA = new URL('../../schemas/report.schema.json', import.meta.url);
const WRITE_ONE = 'write one with: gitops-drift scan -o json=drift.json';
/** Deeper than a report with the deepest values; its readers walk through it recursively. */
const DEEPEST = 300;
const MAX_PROBLEMS = 20;

let compiled: Promise<ValidateFunction<Report>> | undefined;

/**
 * Reads a report that `-o json` wrote, held to its schema. Throws a `DriftError` (code `report`) that names what is
 * wrong with it.
 */
export async function readSavedReport(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const message = `can't read the report: ${cause.code ?? cause.message}`;
    throw new DriftError('report', [{ message, file, hint: WRITE_ONE }], { cause });
  });
  const value = parsed(text, file);
  const version = isObject(value) ? value['schemaVersion'] : undefined;
  if (version === undefined)
    fail({ message: 'this is no report of gitops-drift: it has no schemaVersion', file, hint: WRITE_ONE });
  if (version !== 1) {
    const message = `schemaVersion ${JSON.stringify(version)} is not known here; this version reads 1`;
    fail({ message, file, hint: `use a newer gitops-drift, or ${WRITE_ONE}` });
  }
  if (isDeeperThan(value, DEEPEST)) fail({ message: `it is nested deeper than ${DEEPEST} levels`, file });
  compiled ??= compile();
  const validate = await compiled;
  if (validate(value)) return value;
  const problems = (validate.errors ?? []).slice(0, MAX_PROBLEMS).map(({ instancePath, message }): Problem => {
    return { message: `${instancePath === '' ? 'the report' : instancePath} ${message}`, file };
  });
  throw new DriftError('report', problems);
}

function parsed(text: string, file: string): Json {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (cause) {
    const message = `this is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new DriftError('report', [{ message, file, hint: WRITE_ONE }], { cause });
  }
}

async function compile(): Promise<ValidateFunction<Report>> {
  const [{ Ajv2020 }, schema] = await Promise.all([import('ajv/dist/2020.js'), readFile(SCHEMA, 'utf8')]);
  // The tests hold the schema to its own schema; doing it here would take most of the time.
  const options = { allErrors: true, strict: false, meta: false, validateSchema: false };
  return new Ajv2020(options).compile<Report>(JSON.parse(schema));
}

function fail(problem: Problem): never {
  throw new DriftError('report', [problem]);
}
