import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import type { RecordedCase } from './recorded-cases.js';

/** Properties that say the same through functions, and what else the template needs for that. */
export interface ThroughFunctions {
  properties: JsonObject;
  sections: JsonObject;
  /** Values of the parameters that have no default. */
  parameters: Record<string, string>;
}

type Way = (value: string | number | boolean, name: string, needs: ThroughFunctions) => Json;

/** In turn: as they are, by a parameter's default or configured value, a mapping, a choice, and composed texts. */
const WAYS: Way[] = [
  (value) => value,
  (value, name, { sections }) => {
    add(sections, 'Parameters', name, { Type: 'String', Default: String(value) });
    return { Ref: name };
  },
  (value, name, { sections }) => {
    add(sections, 'Mappings', 'Values', { ...mapOf(sections, 'Mappings')['Values'], [name]: { Value: value } });
    return { 'Fn::FindInMap': ['Values', name, 'Value'] };
  },
  (value) => ({ 'Fn::If': ['Always', value, 'otherwise'] }),
  (value, name) => {
    if (typeof value !== 'string' || value.length < 2) return value;
    const [head, tail] = [value.slice(0, value.length / 2), value.slice(value.length / 2)];
    return { 'Fn::Sub': [`\${${name}}${tail.replaceAll('${', '${!')}`, { [name]: head }] };
  },
  (value, name, { sections, parameters }) => {
    add(sections, 'Parameters', name, { Type: 'String' });
    parameters[name] = String(value);
    return { Ref: name };
  },
  (value) => {
    if (typeof value !== 'string' || value.length < 2) return value;
    return { 'Fn::Join': ['', [value.slice(0, value.length / 2), value.slice(value.length / 2)]] };
  },
];

/** A case's properties with functions for every other value; account and region always are pseudo parameters. */
export function throughFunctions({ declared, context }: RecordedCase): ThroughFunctions {
  const always = { 'Fn::Equals': ['yes', 'yes'] };
  const needs: ThroughFunctions = { properties: {}, sections: { Conditions: { Always: always } }, parameters: {} };
  let count = 0;
  needs.properties = written(declared) as JsonObject;
  return needs;

  function written(value: Json): Json {
    if (Array.isArray(value)) return chosen(value.map(written));
    if (isObject(value)) {
      if (value['Ref'] !== undefined) return value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, written(each)]));
    }
    if (value === null || value === '') return value;
    const pseudo = typeof value === 'string' ? withPseudoParameters(value) : undefined;
    if (pseudo !== undefined) return { 'Fn::Sub': pseudo };
    count += 1;
    const way = WAYS[count % WAYS.length] ?? WAYS[0];
    return way ? way(value, `Value${count}`, needs) : value;
  }

  function chosen(list: Json[]): Json {
    return count % 4 === 1 ? { 'Fn::If': ['Always', list, { Ref: 'AWS::NoValue' }] } : list;
  }

  function withPseudoParameters(text: string): string | undefined {
    const escaped = text.replaceAll('${', '${!');
    const replaced = escaped
      .replaceAll(new RegExp(`(?<![A-Za-z0-9-])${context.accountId}(?![A-Za-z0-9-])`, 'g'), '${AWS::AccountId}')
      .replaceAll(new RegExp(`(?<![A-Za-z0-9-])${context.region}(?![A-Za-z0-9-])`, 'g'), '${AWS::Region}');
    return replaced === escaped ? undefined : replaced;
  }
}

function add(sections: JsonObject, section: string, key: string, value: Json): void {
  sections[section] = { ...mapOf(sections, section), [key]: value };
}

function mapOf(sections: JsonObject, name: string): Record<string, JsonObject> {
  return (sections[name] ?? {}) as Record<string, JsonObject>;
}
