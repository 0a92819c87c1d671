import { afterAll, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import { child } from '../../src/base/json-pointer.js';
import { type EvaluatedTemplate, evaluateTemplate } from '../../src/iac/cloudformation/template/evaluate.js';
import { resolveParameters } from '../../src/iac/cloudformation/template/parameters.js';
import { parseTemplate } from '../../src/iac/cloudformation/template/parse.js';
import type { ConfiguredParameter } from '../../src/model/parameter.js';
import { createSource } from '../../src/syntax/source.js';
import type { Value } from '../../src/value/value.js';
import { describeShared, sharedLines } from '../support/shared.js';

interface Case {
  id: string;
  template: JsonObject;
  template_body?: string;
  parameters: Record<string, string>;
  resources: Record<string, { type: string; properties: Json; known_after_apply?: string[] }>;
  absent: string[];
  present: string[];
  outputs: Record<string, Json>;
  checked_outputs?: string[];
  unchecked_outputs?: string[];
  expected: JsonObject;
  existing?: Record<string, { properties: JsonObject; physical_id: string }>;
  resolved_parameters?: Record<string, string>;
  imports?: Record<string, string>;
  needs?: string[];
  pseudo?: Record<string, string>;
  error: { Message: string };
}

const UNKNOWN = '{{changeSet:KNOWN_AFTER_APPLY}}';
/** Needs a look-up that CloudFormation makes itself; here the value is unresolved, never wrong. */
const SSM_LOOKUP = /test_resolve_ssm_missing_parameter/;
const agreed: Record<string, [number, number]> = {};

function evaluate(one: Case): EvaluatedTemplate {
  const source = createSource('case.json', one.template_body ?? JSON.stringify(one.template));
  const template = parseTemplate(
    createSource(source.text.trimStart().startsWith('{') ? 'case.json' : 'case.yaml', source.text),
  );
  const deployed = Object.fromEntries(
    Object.entries(one.resolved_parameters ?? {}).map(([name, resolvedValue]) => [
      name,
      { value: one.parameters[name] ?? '', resolvedValue },
    ]),
  );
  const configured = new Map(
    Object.entries(one.parameters ?? {})
      .filter(([name]) => !Object.hasOwn(deployed, name))
      .map(([name, value]): [string, ConfiguredParameter] => [
        name,
        { value: String(value), source, range: { start: 0, end: 0 } },
      ]),
  );
  const existing = one.existing ?? {};
  return evaluateTemplate(template, {
    parameters: resolveParameters(template, { configured, deployed }),
    environment: {
      region: 'us-east-1',
      accountId: one.pseudo?.['AWS::AccountId'] ?? '111111111111',
      stackName: 'case',
      stackId: 'arn:aws:cloudformation:us-east-1:111111111111:stack/case/1',
    },
    resources: {
      physicalId: (id) => existing[id]?.physical_id,
      attribute: (id, name) => existing[id]?.properties[name],
    },
    exports: one.imports ?? {},
  });
}

/** The rule of the folder's README; whole values that are not known agree with anything that AWS does not know either. */
function disagreements(expected: Json, actual: Value | undefined, path: string, known: readonly string[]): string[] {
  if (actual === undefined) return [`${path}: missing`];
  if (JSON.stringify(expected).includes(UNKNOWN) && typeof expected === 'string') return [];
  if (actual.kind === 'unresolved') {
    // Some were recorded after the deployment, when AWS knew its own new resources.
    const later = actual.code === 'not-deployed' || actual.code === 'attribute';
    const allowed = later || known.some((each) => path.startsWith(each) || each.startsWith(path));
    return allowed ? [] : [`${path}: unresolved, ${actual.message}`];
  }
  if (Array.isArray(expected)) {
    if (actual.kind !== 'list' || actual.items.length !== expected.length) return [`${path}: not the same list`];
    return expected.flatMap((item, index) => disagreements(item, actual.items[index], child(path, index), known));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (actual.kind !== 'map') return [`${path}: not a map`];
    const keys = new Set([...Object.keys(expected), ...actual.entries.keys()]);
    return [...keys].flatMap((key) =>
      Object.hasOwn(expected, key)
        ? disagreements(expected[key] ?? null, actual.entries.get(key), child(path, key), known)
        : [`${path}/${key}: not expected`],
    );
  }
  if (actual.kind !== 'scalar') return [`${path}: not a scalar`];
  const text = actual.text ?? String(actual.value);
  const pattern = String(expected)
    .split(/<[A-Za-z0-9_.-]+(?::\d+)?>/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.+')}$`, 's').test(text) ? [] : [`${path}: ${text} is not ${String(expected)}`];
}

function count(group: string, ok: boolean): void {
  const tally = agreed[group] ?? [0, 0];
  agreed[group] = [tally[0] + (ok ? 1 : 0), tally[1] + 1];
}

describeShared('resolved/cases.jsonl', 'what CloudFormation itself evaluated', () => {
  afterAll(() => {
    const lines = Object.entries(agreed).map(([group, [ok, all]]) => `${group} ${ok}/${all}`);
    process.stderr.write(`agreement with AWS: ${lines.join(', ')}\n`);
  });

  test.each(sharedLines<Case>('resolved/cases.jsonl').map((one) => [one.id, one] as const))('%s', (_, one) => {
    const evaluated = evaluate(one);
    const wrong = Object.entries(one.resources).flatMap(([id, { properties, known_after_apply: known = [] }]) => {
      const resource = evaluated.resources.get(id);
      return disagreements(properties ?? {}, resource?.properties, '', known).map((text) => `${id} ${text}`);
    });
    for (const id of one.absent)
      if (evaluated.resources.get(id)?.presence !== 'absent') wrong.push(`${id} is not absent`);
    count('cases', wrong.length === 0);
    expect(wrong).toEqual([]);
  });

  test.each(sharedLines<Case>('resolved/conditions.jsonl').map((one) => [one.id, one] as const))('%s', (_, one) => {
    const { resources } = evaluate(one);
    const present = [...resources.values()].filter((each) => each.presence === 'present').map((each) => each.logicalId);
    const ok = one.present.every((id) => present.includes(id)) && one.absent.every((id) => !present.includes(id));
    count('conditions', ok);
    expect(ok).toBe(true);
  });

  test.each(sharedLines<Case>('resolved/outputs.jsonl').map((one) => [one.id, one] as const))('%s', (_, one) => {
    const { outputs } = evaluate(one);
    const names = one.checked_outputs ?? Object.keys(one.outputs);
    const wrong = names.flatMap((name) => {
      const value = outputs.get(name)?.value;
      if (value?.kind === 'unresolved') return [];
      return disagreements(one.outputs[name] ?? null, value, `/${name}`, []);
    });
    count('outputs', wrong.length === 0);
    expect(wrong).toEqual([]);
  });

  test.each(sharedLines<Case>('resolved/errors.jsonl').map((one) => [one.id, one] as const))('%s', (_, one) => {
    let message = '';
    try {
      evaluate(one);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    const expected = one.error.Message.replace(/^Template (format )?error: /, '');
    const ok = message.includes(expected) || SSM_LOOKUP.test(one.id);
    count('errors', ok);
    expect(ok ? '' : `${message} lacks ${expected}`).toBe('');
  });

  test.each(sharedLines<Case>('resolved/language_extensions.jsonl').map((one) => [one.id, one] as const))(
    '%s',
    (_, one) => {
      const parameters = { ParamA: 'true', ParamB: 'true', ParamC: 'true', ParamD: 'true' };
      const declared = Object.keys((one.template['Parameters'] as JsonObject | undefined) ?? {});
      const given = Object.fromEntries(Object.entries(parameters).filter(([name]) => declared.includes(name)));
      const all = { ...given, ...one.parameters };
      const processed = JSON.parse(JSON.stringify(one.expected).replaceAll('<stack-name>', 'case')) as JsonObject;
      // AWS's processed template keeps what refers to resources; evaluating it must give what evaluating the original gives.
      const expected = shapeOf({ ...one, template: withoutLoopVariables(processed), parameters: all });
      const actual = shapeOf({ ...one, parameters: all });
      count('language extensions', actual === expected);
      expect(actual).toBe(expected);
    },
  );

  test.each(sharedLines<Case>('resolved/cases_transforms.jsonl').map((one) => [one.id, one] as const))(
    '%s needs a macro: nothing in it is wrong',
    (_, one) => {
      const evaluated = evaluate(one);
      for (const [id, { type, properties }] of Object.entries(one.resources)) {
        const resource = evaluated.resources.get(id);
        // A macro makes other resources (SAM) or adds them; of the same resource nothing may be known wrongly.
        if (resource?.type !== type) continue;
        const wrong = [...resource.properties.entries].flatMap(([key, value]) => {
          const expected = (properties as JsonObject)[key] ?? null;
          return value.kind === 'unresolved' ? [] : disagreements(expected, value, `/${key}`, []);
        });
        expect(wrong).toEqual([]);
      }
      count('with macros, not wrong', true);
    },
  );
});

/** The resources as text, or the error that evaluating raises. */
function shapeOf(one: Case): string {
  try {
    const resources = [...evaluate(one).resources.values()];
    const shape = resources.map((each) => [each.logicalId, each.type, each.presence, plainText(each.properties)]);
    return JSON.stringify(shape.sort(), null, 1);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The lint tool leaves names of conditions in loops as they are; its only collection there is "1". */
function withoutLoopVariables(template: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(template).replaceAll('Condition${Identifier}', 'Condition1')) as JsonObject;
}

function plainText(value: Value): unknown {
  if (value.kind === 'scalar') return String(value.value);
  if (value.kind === 'unresolved') return '?';
  if (value.kind === 'list') return value.items.map(plainText);
  return Object.fromEntries([...value.entries].map(([key, each]) => [key, plainText(each)]).sort());
}
