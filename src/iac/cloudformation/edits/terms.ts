import { isObject, type Json } from '../../../base/json.js';
import { segments } from '../../../base/json-pointer.js';
import { partitionOf } from '../../../base/partition.js';
import type { StackFacts } from '../../../patch/ports.js';
import type { Written } from '../../../syntax/edit/written.js';
import type { Value } from '../../../value/value.js';

/** Says live values in the template's own terms, where that is certain. */
export interface Terms {
  /**
   * What to write for a live value. `near` are values that stand where it will or beside it: an identifier of another
   * resource of the stack becomes a reference, and account, region and partition become pseudo parameters if those
   * values use them; all else stays literal.
   */
  write(live: Json, near: readonly Value[]): Written;
}

/** Identifiers that AWS makes: equal ones mean the same thing. Names that people give may be equal by chance. */
const IDENTIFIER = /^(?:arn:[\w-]+:.+|[a-z]{1,12}-[0-9a-f]{8}(?:[0-9a-f]{9})?|https:\/\/.+)$/;

/** Makes the terms of a stack for one of its resources, which can't refer to itself. */
export function termsOf(stack: StackFacts, self: string): Terms {
  const pseudo = pseudoValues(stack);
  function write(live: Json, near: readonly Value[]): Written {
    if (Array.isArray(live)) return live.map((item) => write(item, near));
    if (isObject(live)) return Object.fromEntries(Object.entries(live).map(([key, item]) => [key, write(item, near)]));
    if (typeof live !== 'string') return live;
    const reference = referenceTo(live, stack, self);
    if (reference && (IDENTIFIER.test(live) || near.some(isReference))) return reference;
    return withPseudoParameters(
      live,
      pseudo.filter(({ name }) => near.some((value) => uses(value, name))),
    );
  }
  return { write };
}

/** References by the text that they give, each with the resource that it is to. */
interface References {
  byId: Map<string, { logicalId: string; reference: Written }[]>;
  byAttribute: Map<string, { logicalId: string; reference: Written }[]>;
}

const known = new WeakMap<StackFacts, References>();

/** The reference that gives a text; a text that several resources have is none's. */
function referenceTo(text: string, stack: StackFacts, self: string): Written | undefined {
  const references = known.get(stack) ?? referencesOf(stack);
  known.set(stack, references);
  for (const found of [references.byId.get(text), references.byAttribute.get(text)]) {
    const [first, ...others] = found?.filter(({ logicalId }) => logicalId !== self) ?? [];
    if (first && others.length === 0) return first.reference;
  }
  return undefined;
}

function referencesOf(stack: StackFacts): References {
  const references: References = { byId: new Map(), byAttribute: new Map() };
  for (const [logicalId, { physicalId, model, attributes }] of stack.known) {
    if (!stack.evaluated.resources.has(logicalId)) continue;
    push(references.byId, physicalId, { logicalId, reference: { Ref: logicalId } });
    const own = new Set<string>();
    // `Arn` first: several attributes may hold the same text.
    for (const pointer of [...attributes].sort((left, right) => Number(right === '/Arn') - Number(left === '/Arn'))) {
      const keys = segments(pointer);
      const text = keys.reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), model);
      if (typeof text !== 'string' || !IDENTIFIER.test(text) || own.has(text)) continue;
      own.add(text);
      const reference = { 'Fn::GetAtt': [logicalId, keys.join('.')] };
      push(references.byAttribute, text, { logicalId, reference });
    }
  }
  return references;
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key) ?? [];
  list.push(item);
  lists.set(key, list);
}

interface PseudoValue {
  name: string;
  text: string;
}

function pseudoValues({ environment }: StackFacts): PseudoValue[] {
  const { region, accountId } = environment;
  return [
    ...(accountId === undefined ? [] : [{ name: 'AWS::AccountId', text: accountId }]),
    { name: 'AWS::Region', text: region },
    { name: 'AWS::Partition', text: partitionOf({ region }) },
  ];
}

/** `arn:aws:sqs:eu-west-1:…` as `!Sub 'arn:${AWS::Partition}:sqs:${AWS::Region}:…'`, whole words only. */
function withPseudoParameters(text: string, pseudo: readonly PseudoValue[]): Written {
  const whole = pseudo.find((each) => each.text === text && each.name !== 'AWS::Partition');
  if (whole) return { Ref: whole.name };
  const plain = escaped(text);
  const written = pseudo.reduce((sofar, { name, text: pseudoText }) => {
    const value = pseudoText.replace(/[^A-Za-z0-9-]/g, '\\$&');
    // A partition stands after `arn:` only; as a word of its own it may be anything.
    const place = name === 'AWS::Partition' ? `(?<=^arn:)${value}(?=:)` : `(?<![A-Za-z0-9])${value}(?![A-Za-z0-9])`;
    return sofar.replace(new RegExp(place, 'g'), () => `\${${name}}`);
  }, plain);
  return written === plain ? text : { 'Fn::Sub': written };
}

/** Text as `Fn::Sub` takes it literally: `${x}` is written `${!x}`. */
export function escaped(text: string): string {
  return text.replaceAll('${', '${!');
}

function uses(value: Value, name: string): boolean {
  if (value.kind === 'list') return value.items.some((item) => uses(item, name));
  if (value.kind === 'map') return [...value.entries.values()].some((item) => uses(item, name));
  const origins = [value.origin, ...(value.origin.parts ?? []).map((part) => part.origin)];
  return origins.some(({ via }) => via.some((step) => step.kind === 'Ref' && step.name === name));
}

/** Whether a value is what `Ref` or `Fn::GetAtt` tells of a resource. */
function isReference({ kind, origin }: Value): boolean {
  if (kind !== 'scalar' || origin.source !== undefined || origin.parts !== undefined) return false;
  const [step] = origin.via.slice(-1);
  return step?.kind === 'Attribute' || (step?.kind === 'Ref' && !step.name?.startsWith('AWS::'));
}
