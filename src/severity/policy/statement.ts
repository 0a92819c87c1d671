import { asText } from '../../base/text.js';
import { isPlainMap, isUnresolved, type Plain, type PlainObject } from '../../value/value.js';

/** A statement of an access policy, with every list as a list. */
export interface Statement {
  effect: string;
  /** `*` for everyone, else with its kind: `AWS:111111111111`, `Service:s3.amazonaws.com`. Absent in identity policies. */
  principals?: string[];
  notPrincipals?: string[];
  actions?: string[];
  notActions?: string[];
  resources?: string[];
  notResources?: string[];
  condition: Plain;
}

/** Whether a value is an access policy: it has statements with an effect. */
export function isPolicy(value: Plain | undefined): value is PlainObject {
  if (!isPlainMap(value) || !Object.hasOwn(value, 'Statement')) return false;
  return [value['Statement']].flat().some((each) => isPlainMap(each) && Object.hasOwn(each, 'Effect'));
}

/** The statements of a policy. What is not known in them stands for itself only. */
export function statementsOf(policy: Plain | undefined): Statement[] {
  if (!isPlainMap(policy)) return [];
  return [policy['Statement']].flat().flatMap((each) => (isPlainMap(each) ? [readStatement(each)] : []));
}

function readStatement(statement: PlainObject): Statement {
  const lists = {
    principals: principalTexts(statement['Principal']),
    notPrincipals: principalTexts(statement['NotPrincipal']),
    actions: textsOf(statement['Action']),
    notActions: textsOf(statement['NotAction']),
    resources: textsOf(statement['Resource']),
    notResources: textsOf(statement['NotResource']),
  };
  const given = Object.entries(lists).filter(([, list]) => list !== undefined);
  return {
    effect: asText(statement['Effect']),
    condition: statement['Condition'] ?? null,
    ...(Object.fromEntries(given) as Partial<typeof lists> as Partial<Statement>),
  };
}

function textsOf(value: Plain | undefined): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return [value].flat().flatMap((each) => (each === null ? [] : textOf(each)));
}

/** What is not known is like no pattern, and no pattern is like it. */
function textOf(value: Plain): string {
  if (isUnresolved(value)) return `\0${value.message}`;
  return typeof value === 'object' ? JSON.stringify(value) : asText(value);
}

function principalTexts(value: Plain | undefined): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isPlainMap(value)) return textsOf(value);
  return Object.entries(value).flatMap(([kind, ids]) => (textsOf(ids) ?? []).map((id) => principalText(kind, id)));
}

/** An account is named by its ID or its root's ARN (IAM user guide, "AWS JSON policy elements: Principal"). */
function principalText(kind: string, id: string): string {
  if (id === '*') return '*';
  const account = /^arn:[^:]*:iam::(\d{12}):root$/.exec(id)?.[1];
  return `${kind}:${account ?? id}`;
}
