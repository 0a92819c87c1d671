import { segments } from '../json-pointer.js';

/** What ajv says of one violation (https://ajv.js.org/api.html#error-objects), with `verbose`. */
export interface Violation {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
  parentSchema?: { properties?: Record<string, unknown>; description?: string };
}

export interface ExplainedViolation {
  /** Pointer to the value, and the key in it that is meant, if one is. */
  path: string;
  key?: string;
  message: string;
  hint?: string;
}

/** Says a violation in a person's words; undefined for those that only repeat another. */
export function explainViolation(violation: Violation): ExplainedViolation | undefined {
  const { instancePath: path, keyword, params, parentSchema, message = 'is not valid' } = violation;
  const name = nameOf(path);
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const known = Object.keys(parentSchema?.properties ?? {});
    const near =
      known.find((each) => each.toLowerCase() === key.toLowerCase()) ?? known.find((each) => isNear(each, key));
    const hint = near ? `did you mean ${near}?` : `known keys: ${known.join(', ')}`;
    return { path, key, message: `${name}: unknown key ${key}`, hint };
  }
  if (keyword === 'required') {
    if (path.startsWith('/ignore') && params['missingProperty'] !== 'reason') return undefined;
    return { path, message: `${name}: ${String(params['missingProperty'])} is missing` };
  }
  if (keyword === 'anyOf') {
    if (path.startsWith('/ignore'))
      return { path, message: `${name}: name at least one of type, stack, logicalId, path` };
    return { path, message: `${name}: must be a text, number, boolean or a list of them` };
  }
  if (keyword === 'enum')
    return { path, message: `${name}: must be one of ${(params['allowedValues'] as unknown[]).join(', ')}` };
  if (keyword === 'const') return { path, message: `${name}: must be ${String(params['allowedValue'])}` };
  if (keyword === 'type' && /\/parameters\//.test(path)) return undefined;
  const hint = parentSchema?.description;
  return { path, message: `${name}: ${message}`, ...(hint === undefined ? {} : { hint }) };
}

/** `stacks[0].name` for `/stacks/0/name`. */
function nameOf(path: string): string {
  const name = segments(path).reduce((text, key) => (/^\d+$/.test(key) ? `${text}[${key}]` : `${text}.${key}`), '');
  return name === '' ? 'the configuration' : name.replace(/^\./, '');
}

/** Whether two keys are as good as the same: one letter more, less or other. */
function isNear(left: string, right: string): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(at + (short.length === long.length ? 1 : 0)) === long.slice(at + 1);
}
