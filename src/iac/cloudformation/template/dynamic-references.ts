import type { Value } from '../../../value/value.js';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const DYNAMIC_REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):/g;

/** The same value with every string that CloudFormation fills in itself (`{{resolve:…}}`) unresolved. */
export function dynamicReferencesUnresolved(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(dynamicReferencesUnresolved) };
  if (value.kind === 'map') {
    const entries = new Map([...value.entries].map(([key, each]) => [key, dynamicReferencesUnresolved(each)]));
    return { ...value, entries };
  }
  const text = value.kind === 'scalar' ? String(value.value) : '';
  const [service, ...others] = [...text.matchAll(DYNAMIC_REFERENCE)].map(([, name]) => name);
  if (service === undefined) return value;
  const secret = service !== 'ssm';
  // What stands in Parameter Store as plain text could be read.
  const never = secret && !others.includes('ssm');
  const message = `a dynamic reference to ${service === 'secretsmanager' ? 'Secrets Manager' : 'Parameter Store'}`;
  return {
    kind: 'unresolved',
    code: 'dynamic-reference',
    message,
    ...(secret ? { secret } : {}),
    ...(never ? { never } : {}),
    origin: value.origin,
  };
}
