import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DriftError } from '../errors.js';
import type { Report } from './report.js';

/**
 * Reads a report that `-o json` wrote, held to its schema. Throws a `DriftError` (code `report`) that names what is
 * wrong with it.
 */
export async function readSavedReport(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const hint = 'write one with: gitops-drift scan -o json=drift.json';
    throw new DriftError('report', [{ message: `can't read the report: ${cause.code}`, file, hint }], { cause });
  });
  const value = parsed(text, file);
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv2020({ allErrors: false, strict: false }).compile<Report>(schema);
  if (validate(value)) return value;
  const [violation] = validate.errors ?? [];
  const message = `this is no report of gitops-drift: ${violation?.instancePath || 'it'} ${violation?.message ?? ''}`;
  throw new DriftError('report', [{ message, file, hint: 'write one with: gitops-drift scan -o json=drift.json' }]);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `this is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new DriftError('report', [{ message, file }], { cause });
  }
}
