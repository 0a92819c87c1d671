import { packageFile } from './package-file.js';

/** What a validator has against a value, as ajv reports it. */
export interface Violation {
  /** JSON Pointer to the value. */
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
  /** The last three where the schema was compiled to report them. */
  schema?: unknown;
  parentSchema?: Record<string, unknown>;
  data?: unknown;
}

/** Tells whether a value is as a schema wants it, and notes on itself what is not. */
export interface Validator<Value> {
  (value: unknown): value is Value;
  errors?: Violation[] | null;
}

/** The validators of a schema in `schemas/`, which the build has compiled: starting ajv would take longer than most scans. */
export async function loadValidators<Validators>(
  schema: 'config' | 'report' | 'snapshot' | 'baseline',
): Promise<Validators> {
  return import(packageFile(`dist/validators/${schema}.js`).href);
}
