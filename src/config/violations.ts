import { closest } from '../base/closest.js';
import { segments } from '../base/json-pointer.js';
import { asText } from '../base/text.js';
import type { Violation } from '../base/validator.js';

export interface ExplainedViolation {
  /** Pointer to the value, and the key in it that is meant, if one is. */
  path: string;
  key?: string;
  message: string;
  hint?: string;
}

/**
 * Says what a validator found in a person's words; undefined for what only repeats another violation. What a
 * value must be is told by the `title` of its schema.
 */
export function explainViolation(violation: Violation): ExplainedViolation | undefined {
  const { instancePath: path, keyword, params, parentSchema, schema, data, message = 'is not valid' } = violation;
  const name = nameOf(path);
  // It says only that one of the two below did not hold.
  if (keyword === 'if') return undefined;
  // One of several ways to satisfy `anyOf`, which is told as a whole.
  if (violation.schemaPath.includes('/anyOf/')) return undefined;
  switch (keyword) {
    case 'additionalProperties': {
      const key = asText(params['additionalProperty']);
      const known = Object.keys(parentSchema?.['properties'] ?? {});
      const hint = suggestion(key, known) ?? `known keys: ${known.join(', ')}`;
      return { path, key, message: `${name}: unknown key "${key}"`, hint };
    }
    case 'required':
      return { path, message: `${name}: the key "${params['missingProperty']}" is missing` };
    case 'anyOf': {
      const keys = (schema as { required: string[] }[]).flatMap(({ required }) => required);
      return { path, message: `${name}: needs at least one of ${keys.join(', ')}` };
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String);
      const hint = suggestion(asText(data), allowed);
      const wanted = `${name}: must be one of ${allowed.join(', ')}, not ${describe(data)}`;
      return { path, message: wanted, ...(hint === undefined ? {} : { hint }) };
    }
    case 'const':
      return { path, message: `${name}: must be ${params['allowedValue']}, not ${describe(data)}` };
    default: {
      const title = parentSchema?.['title'];
      const wanted = typeof title === 'string' ? `must be ${title}` : message;
      return { path, message: `${name}: ${wanted}, not ${describe(data)}` };
    }
  }
}

function suggestion(word: string, known: readonly string[]): string | undefined {
  const near = closest(word, known);
  return near === undefined ? undefined : `did you mean "${near}"?`;
}

/** `stacks[0].name` for `/stacks/0/name`. */
function nameOf(path: string): string {
  const name = segments(path).reduce((text, key) => (/^\d+$/.test(key) ? `${text}[${key}]` : `${text}.${key}`), '');
  return name === '' ? 'the configuration' : name.replace(/^\./, '');
}

function describe(data: unknown): string {
  if (data === null) return 'empty';
  if (Array.isArray(data)) return data.length === 0 ? 'an empty list' : 'a list';
  if (typeof data === 'object') return 'a map';
  return typeof data === 'string' ? `"${data}"` : asText(data);
}
