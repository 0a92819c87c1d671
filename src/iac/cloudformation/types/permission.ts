import { asText } from '../../../base/text.js';
import { isPlainMap, type Plain, type PlainObject } from '../../../value/value.js';

/** Properties that stand for a condition of the statement that the service makes of them. */
const CONDITIONS: Record<string, readonly [operator: string, key: string]> = {
  SourceArn: ['ArnLike', 'aws:SourceArn'],
  SourceAccount: ['StringEquals', 'aws:SourceAccount'],
  PrincipalOrgID: ['StringEquals', 'aws:PrincipalOrgID'],
  OrganizationId: ['StringEquals', 'aws:PrincipalOrgID'],
};

const TYPES = new Set([
  'AWS::Lambda::Permission',
  'AWS::Lambda::LayerVersionPermission',
  'AWS::Events::EventBusPolicy',
]);

/**
 * The policy that a resource adds to another one's, where its properties are those of a single statement: permissions of
 * functions and layers, and of event buses (as far as they have no `Statement`). Undefined for all other types.
 */
export function permissionOf(type: string, properties: PlainObject): PlainObject | undefined {
  const { Principal, Action, Condition } = properties;
  if (!TYPES.has(type) || Object.hasOwn(properties, 'Statement')) return undefined;
  const principal = typeof Principal === 'string' && Principal !== '*' ? { AWS: Principal } : (Principal ?? null);
  const statement = { Effect: 'Allow', Principal: principal, Action: Action ?? null };
  return { Statement: [{ ...statement, Condition: conditionOf(properties, Condition) }] };
}

function conditionOf(properties: PlainObject, condition: Plain | undefined): PlainObject {
  const clauses: PlainObject = {};
  for (const [property, [operator, key]] of Object.entries(CONDITIONS)) {
    const value = properties[property];
    if (value !== undefined && value !== null)
      clauses[operator] = { ...(clauses[operator] as PlainObject), [key]: value };
  }
  if (!isPlainMap(condition)) return clauses;
  return { ...clauses, [asText(condition['Type'])]: { [asText(condition['Key'])]: condition['Value'] ?? null } };
}
