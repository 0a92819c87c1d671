import type { Value } from '../value/value.js';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const DYNAMIC_REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):/;

/** The same value with every string that CloudFormation fills in itself (`{{resolve:…}}`) unresolved. */
export function dynamicReferencesUnresolved(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(dynamicReferencesUnresolved) };
  if (value.kind === 'map') {
    const entries = new Map([...value.entries].map(([key, each]) => [key, dynamicReferencesUnresolved(each)]));
    return { ...value, entries };
  }
  const service = value.kind === 'scalar' ? DYNAMIC_REFERENCE.exec(String(value.value))?.[1] : undefined;
  if (service === undefined) return value;
  const secret = service !== 'ssm';
  const message = `a dynamic reference to ${service === 'secretsmanager' ? 'Secrets Manager' : 'Parameter Store'}`;
  return {
    kind: 'unresolved',
    code: 'dynamic-reference',
    message,
    ...(secret ? { secret } : {}),
    origin: value.origin,
  };
}
