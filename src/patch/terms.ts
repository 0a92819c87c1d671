import type { Json } from '../json.js';
import { isObject } from '../json.js';
import { segments } from '../json-pointer.js';
import { partitionOf } from '../template/intrinsics/pseudo-parameters.js';
import type { Value } from '../template/value.js';
import type { Written } from './edit/written.js';
import type { PatchStack } from './model.js';

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
export function termsOf(stack: PatchStack, self: string): Terms {
  const references = referencesOf(stack, self);
  const pseudo = pseudoValues(stack);
  function write(live: Json, near: readonly Value[]): Written {
    if (Array.isArray(live)) return live.map((item) => write(item, near));
    if (isObject(live)) return Object.fromEntries(Object.entries(live).map(([key, item]) => [key, write(item, near)]));
    if (typeof live !== 'string') return live;
    const reference = references.get(live);
    if (reference && (IDENTIFIER.test(live) || near.some(isReference))) return reference;
    return withPseudoParameters(
      live,
      pseudo.filter(({ name }) => near.some((value) => uses(value, name))),
    );
  }
  return { write };
}

/** References by the text that they give; a text that several resources have is none's. */
function referencesOf(stack: PatchStack, self: string): Map<string, Written> {
  const byId = new Map<string, Written | undefined>();
  const byAttribute = new Map<string, Written | undefined>();
  for (const [logicalId, { physicalId, model, attributes }] of stack.known) {
    if (logicalId === self || !stack.evaluated.resources.has(logicalId)) continue;
    byId.set(physicalId, byId.has(physicalId) ? undefined : { Ref: logicalId });
    const own = new Set<string>();
    // `Arn` first: several attributes may hold the same text.
    for (const pointer of [...attributes].sort((left, right) => Number(right === '/Arn') - Number(left === '/Arn'))) {
      const keys = segments(pointer);
      const text = keys.reduce<Json | undefined>((value, key) => (isObject(value) ? value[key] : undefined), model);
      if (typeof text !== 'string' || !IDENTIFIER.test(text) || own.has(text)) continue;
      own.add(text);
      byAttribute.set(text, byAttribute.has(text) ? undefined : { 'Fn::GetAtt': [logicalId, keys.join('.')] });
    }
  }
  const references = new Map<string, Written>();
  for (const [text, reference] of [...byAttribute, ...byId])
    if (reference !== undefined) references.set(text, reference);
  return references;
}

interface PseudoValue {
  name: string;
  text: string;
}

function pseudoValues({ environment }: PatchStack): PseudoValue[] {
  const { region, accountId } = environment;
  return [
    ...(accountId === undefined ? [] : [{ name: 'AWS::AccountId', text: accountId }]),
    { name: 'AWS::Region', text: region },
    { name: 'AWS::Partition', text: partitionOf({ region }) },
  ];
}

/** `arn:aws:sqs:eu-west-1:…` as `!Sub 'arn:${AWS::Partition}:sqs:${AWS::Region}:…'`, whole words only. */
function withPseudoParameters(text: string, pseudo: readonly PseudoValue[]): Written {
  const names = new Map(pseudo.map(({ name, text: value }) => [value, name]));
  const whole = names.get(text);
  if (whole !== undefined && whole !== 'AWS::Partition') return { Ref: whole };
  if (names.size === 0) return text;
  let replaced = false;
  const written = text.split(/([A-Za-z0-9-]+)/).map((word, index, words) => {
    const name = names.get(word);
    if (name === undefined) return escaped(word);
    // A partition stands after `arn:` only; as a word of its own it may be anything.
    if (name === 'AWS::Partition' && !(index === 3 && words[1] === 'arn')) return escaped(word);
    replaced = true;
    return `\${${name}}`;
  });
  return replaced ? { 'Fn::Sub': written.join('') } : text;
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
