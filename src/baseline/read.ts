import { DriftError, type Problem } from '../base/errors.js';
import { isDeeperThan, isObject, type Json, MAX_DEPTH } from '../base/json.js';
import { loadValidators, type Validator } from '../base/validator.js';
import { readJson } from '../syntax/read-json.js';
import type { Source } from '../syntax/source.js';
import type { Baseline } from './baseline.js';

const WRITE_ONE = 'write it anew with: gitops-drift baseline';
const MAX_PROBLEMS = 20;

/** The file as it is written; `schemas/baseline.schema.json` is the contract. */
export interface BaselineFile {
  baselineVersion: 1;
  salt: string;
  resources: Record<string, { type: string; physicalId: string; values: Record<string, Json> }>;
}

/**
 * Reads a baseline, held to its schema. Throws a `DriftError` (code `baseline`) that names what is wrong with it: findings
 * would be missed, or made up, if a part of it were ignored.
 */
export async function readBaseline({ path: file, text }: Pick<Source, 'path' | 'text'>): Promise<Baseline> {
  const value = readJson(file, text, { error: 'baseline', code: 'baseline-invalid', hint: WRITE_ONE });
  const version = isObject(value) ? value['baselineVersion'] : undefined;
  if (version === undefined)
    fail({
      code: 'baseline-invalid',
      message: 'this is no baseline: it has no baselineVersion',
      file,
      hint: WRITE_ONE,
    });
  if (version !== 1) {
    const message = `baselineVersion ${JSON.stringify(version)} is not known here; this version reads 1`;
    fail({ code: 'baseline-unknown-version', message, file, hint: `use a newer gitops-drift, or ${WRITE_ONE}` });
  }
  if (isDeeperThan(value, MAX_DEPTH))
    fail({ code: 'baseline-invalid', message: `it is nested deeper than ${MAX_DEPTH} levels`, file });
  const { isBaseline } = await loadValidators<{ isBaseline: Validator<BaselineFile> }>('baseline');
  if (!isBaseline(value)) {
    const problems = (isBaseline.errors ?? []).slice(0, MAX_PROBLEMS).map(({ instancePath, message }): Problem => {
      return {
        code: 'baseline-invalid',
        message: `${instancePath === '' ? 'the baseline' : instancePath} ${message}`,
        file,
        hint: WRITE_ONE,
      };
    });
    throw new DriftError('baseline', problems);
  }
  const entries = Object.entries(value.resources).map(([key, { type, physicalId, values }]) => {
    return [key, { type, physicalId, values: new Map(Object.entries(values)) }] as const;
  });
  return { salt: value.salt, entries: new Map(entries) };
}

function fail(problem: Problem): never {
  throw new DriftError('baseline', [problem]);
}
