import { describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/base/json.js';
import { compareResource } from '../../src/compare/compare.js';
import { editor } from '../../src/iac/cloudformation/edits/editor.js';
import { programOf } from '../../src/iac/cloudformation/program.js';
import { type EvaluatedTemplate, evaluateTemplate } from '../../src/iac/cloudformation/template/evaluate.js';
import { parametersFor } from '../../src/iac/cloudformation/template/nested-stack.js';
import { resolveParameters } from '../../src/iac/cloudformation/template/parameters.js';
import { parseTemplate, type Template } from '../../src/iac/cloudformation/template/parse.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import type { Comparison, Difference } from '../../src/model/comparison.js';
import type { ConfiguredParameter } from '../../src/model/parameter.js';
import type { Claim } from '../../src/patch/claim.js';
import { changeOf, intentOf } from '../../src/patch/intent.js';
import type { DriftedResource, PatchGroup, PatchStack } from '../../src/patch/model.js';
import type { FileEdits } from '../../src/patch/ports.js';
import { prove } from '../../src/patch/proof.js';
import { scannedState } from '../../src/patch/state.js';
import { createSource } from '../../src/syntax/source.js';
import type { MapValue, PlainObject } from '../../src/value/value.js';
import { toPlain } from '../../src/value/value.js';

const TYPE = 'AWS::SQS::Queue';

interface Given {
  name?: string;
  path?: string;
  parent?: PatchStack['parent'];
  attributes?: Record<string, string>;
}

/** A scanned stack of a template. */
function stackOf(text: string, { name = 'shop', path = 'shop.yaml', parent, attributes = {} }: Given = {}): PatchStack {
  function evaluate(template: Template, configured: Map<string, ConfiguredParameter>): EvaluatedTemplate {
    return evaluateTemplate(template, {
      parameters: resolveParameters(template, { configured, deployed: {} }),
      environment: { region: 'eu-west-1', stackName: name },
      resources: { physicalId: (id) => id, attribute: (id, attribute) => attributes[`${id}.${attribute}`] },
    });
  }
  const template = parseTemplate(createSource(path, text));
  const given = parent ? parametersFor(parent.stack.evaluated, parent.logicalId) : new Map();
  const target = { name, region: 'eu-west-1', template: path, parameters: given };
  return {
    types: cloudFormationTypes,
    target,
    template,
    program: programOf(template, { target, configured: () => given, evaluate }),
    evaluated: evaluate(template, given),
    environment: { region: 'eu-west-1', accountId: undefined },
    known: new Map(),
    drifted: [],
    ...(parent === undefined ? {} : { parent }),
  };
}

/** A resource whose live state is that of Git but for what is given. */
function drifted(stack: PatchStack, logicalId: string, live: JsonObject): DriftedResource {
  const own = toPlain(stack.evaluated.resources.get(logicalId)?.properties as MapValue) as JsonObject;
  return {
    logicalId,
    wanted: [],
    compare: (properties) =>
      compareResource({
        type: TYPE,
        types: cloudFormationTypes,
        resourceType: undefined,
        desired: toPlain(properties) as PlainObject,
        live: { ...own, ...live },
        partial: true,
        context: {},
      }),
  };
}

/** The claim that the difference at a path goes. */
async function claimAt(stack: PatchStack, resource: DriftedResource, path: string): Promise<Claim> {
  const properties = stack.evaluated.resources.get(resource.logicalId)?.properties as MapValue;
  const { differences } = await resource.compare(properties);
  const difference = differences.find((each) => each.path === path);
  const change = difference && changeOf(difference, properties);
  if (!difference || !change) throw new Error(`no difference at ${path}: ${JSON.stringify(differences)}`);
  return { stack, resource, change: { intent: intentOf(change), difference } };
}

/** Replaces texts that a file has once. */
function edited(stack: PatchStack, ...replaced: [from: string, to: string][]): FileEdits {
  const { source } = stack.template;
  const edits = replaced.map(([from, to]) => {
    const start = source.text.indexOf(from);
    expect(source.text.split(from)).toHaveLength(2);
    return { start, end: start + from.length, text: to };
  });
  return { source, edits: edits.sort((one, other) => one.start - other.start) };
}

interface Case {
  template: string;
  /** What is live of the resource `Queue`; default: a delay of 9. */
  live?: JsonObject;
  /** The claims; default: the delay. */
  paths?: string[];
  edit: [from: string, to: string][];
  attributes?: Record<string, string>;
  /** What is claimed to be taken out, in the place of `paths`. */
  gone?: boolean;
}

/** Why the edit is refused; undefined where it is proven. */
async function refusal({ template, live = { Delay: 9 }, paths = ['/Delay'], edit, attributes, gone }: Case) {
  const stack = stackOf(template, attributes === undefined ? {} : { attributes });
  const resource = drifted(stack, 'Queue', live);
  const group: PatchGroup = { editor, stacks: [stack], unproven: [] };
  const claims = gone ? [{ stack, resource }] : await Promise.all(paths.map((path) => claimAt(stack, resource, path)));
  const proof = await prove(group, scannedState(group), [edited(stack, ...edit)], claims);
  if (proof.proven) expect(proof.proven.edited.get('shop.yaml')?.text).not.toBe(template);
  return proof.failure;
}

const QUEUE = `  Queue:
    Type: ${TYPE}
    Properties:
      Delay: 5
      Name: one
`;
const TEMPLATE = `Resources:\n${QUEUE}`;
const DELAY: [string, string] = ['Delay: 5', 'Delay: 9'];

test('an edit that makes Git say what is live, and nothing else, is proven', async () => {
  expect(await refusal({ template: TEMPLATE, edit: [DELAY] })).toBeUndefined();
  expect(await refusal({ template: TEMPLATE, edit: [['Delay: 5', 'Delay: "9"']] })).toBeUndefined();
});

test('an output that is made of the property follows it', async () => {
  const template = `${TEMPLATE}Outputs: {Out: {Value: !GetAtt Queue.Delay}}\n`;
  expect(await refusal({ template, edit: [DELAY] })).toBeUndefined();
});

test('a resource that is taken out is proven, and that it goes', async () => {
  const template = `${TEMPLATE}  Other: {Type: AWS::SNS::Topic}\n`;
  expect(await refusal({ template, gone: true, edit: [[QUEUE, '']] })).toBeUndefined();
});

// Each is refused by one reason alone: without that, the edit would be proven.
describe('refused', () => {
  const BY_HAND = 'change it by hand';
  const OWN = 'write a value of its own there first';
  const conditional = (rest: string) =>
    `Parameters: {Delay: {Type: Number, Default: 5}}\nConditions: {Slow: !Equals [!Ref Delay, "9"]}\nResources:\n${QUEUE.replace('Delay: 5', 'Delay: !Ref Delay')}${rest}`;
  const shared = (rest: string) =>
    `Parameters: {Delay: {Type: Number, Default: 5}}\nResources:\n${QUEUE.replace('Delay: 5', 'Delay: !Ref Delay')}${rest}`;
  const PARAMETER: [string, string] = ['Default: 5', 'Default: 9'];
  const OUTPUT = 'Outputs:\n  Out:\n    Value: fixed\n';

  test.each<[string, Case, string, string | undefined]>([
    [
      'a file that CloudFormation would reject',
      { template: TEMPLATE, edit: [['Delay: 5', 'Delay: !Ref Nothing']] },
      'the edited file would be rejected: Template format error: Unresolved resource dependencies [Nothing]',
      undefined,
    ],
    [
      'a file that is none',
      { template: TEMPLATE, edit: [['Delay: 5', 'Delay: [']] },
      'the edited file would be rejected: YAML not well-formed',
      undefined,
    ],
    [
      'an edit that changes nothing that the template says',
      { template: TEMPLATE, edit: [['Delay: 5', 'Delay: 5 # nine']] },
      'the template would still not say what is live',
      BY_HAND,
    ],
    [
      'a condition that becomes another',
      { template: conditional(''), edit: [PARAMETER] },
      'the edit would also change a condition',
      OWN,
    ],
    [
      'an output that becomes another',
      { template: `${TEMPLATE}${OUTPUT}`, edit: [DELAY, ['fixed\n', 'other\n']] },
      'the edit would also change the output Out',
      OWN,
    ],
    [
      "an output's export that gets another name",
      { template: `${shared('')}${OUTPUT}    Export: {Name: !Sub "delay-\${Delay}"}\n`, edit: [PARAMETER] },
      'the edit would also change the output Out',
      OWN,
    ],
    [
      'an output that gets an export',
      { template: `${TEMPLATE}${OUTPUT}`, edit: [DELAY, ['fixed\n', 'fixed\n    Export: {Name: new}\n']] },
      'the edit would also change the output Out',
      OWN,
    ],
    [
      'an output that loses its export',
      { template: `${TEMPLATE}${OUTPUT}    Export: {Name: old}\n`, edit: [DELAY, ['    Export: {Name: old}\n', '']] },
      'the edit would also change the output Out',
      OWN,
    ],
    [
      'an output that comes',
      { template: `${TEMPLATE}${OUTPUT}`, edit: [DELAY, ['fixed\n', 'fixed\n  New: {Value: x}\n']] },
      'the edit would also change the output New',
      OWN,
    ],
    [
      'an output that goes',
      { template: `${TEMPLATE}${OUTPUT}  Old: {Value: x}\n`, edit: [DELAY, ['  Old: {Value: x}\n', '']] },
      'the edit would also change the output Old',
      OWN,
    ],
    [
      'another resource that changes',
      { template: shared(`  Other: {Type: ${TYPE}, Properties: {Delay: !Ref Delay}}\n`), edit: [PARAMETER] },
      'the edit would also change Other',
      OWN,
    ],
    [
      'another resource that comes',
      { template: TEMPLATE, edit: [DELAY, ['Resources:\n', 'Resources:\n  Other: {Type: AWS::SNS::Topic}\n']] },
      'the edit would also change Other',
      OWN,
    ],
    [
      'another resource that goes',
      {
        template: `${TEMPLATE}  Other: {Type: AWS::SNS::Topic}\n`,
        edit: [DELAY, ['  Other: {Type: AWS::SNS::Topic}\n', '']],
      },
      'the edit would also change Other',
      OWN,
    ],
    [
      'the resource itself that goes',
      { template: `${TEMPLATE}  Other: {Type: AWS::SNS::Topic}\n`, edit: [[QUEUE, '']] },
      'resources would come or go',
      BY_HAND,
    ],
    [
      'a resource that gets another type',
      { template: TEMPLATE, edit: [DELAY, [TYPE, 'AWS::SNS::Topic']] },
      'the resource would change as a whole',
      BY_HAND,
    ],
    [
      'a resource that depends on another one',
      {
        template: `${TEMPLATE}    DependsOn: [A]\n  A: {Type: AWS::SNS::Topic}\n  B: {Type: AWS::SNS::Topic}\n`,
        edit: [DELAY, ['[A]', '[A, B]']],
      },
      'the resource would change as a whole',
      BY_HAND,
    ],
    [
      'another property that changes',
      { template: TEMPLATE, edit: [DELAY, ['Name: one', 'Name: two']] },
      'the edit would also change other properties of Queue',
      BY_HAND,
    ],
    [
      'another property that comes',
      { template: TEMPLATE, edit: [['Delay: 5', 'Delay: 9\n      Silent: false']] },
      'the edit would also change other properties of Queue',
      BY_HAND,
    ],
    [
      'another property that goes',
      { template: TEMPLATE.replace('one', 'false'), edit: [DELAY, ['      Name: false\n', '']] },
      'the edit would also change other properties of Queue',
      BY_HAND,
    ],
    [
      'a value that is still not the live one',
      { template: TEMPLATE, edit: [['Delay: 5', 'Delay: 8']] },
      'the template would still not say what is live',
      BY_HAND,
    ],
    [
      'a value that could not be verified',
      { template: TEMPLATE, edit: [['Delay: 5', 'Delay: "{{resolve:ssm:/delay}}"']] },
      'the edited value could not be verified',
      BY_HAND,
    ],
    [
      'a resource that is to go and stays',
      { template: TEMPLATE, gone: true, edit: [DELAY] },
      'the resource would stay',
      BY_HAND,
    ],
    [
      'the only resource that goes',
      { template: TEMPLATE, gone: true, edit: [[`Resources:\n${QUEUE}`, 'Resources: {}\n']] },
      'a template must have at least one resource',
      'delete the stack and the file instead',
    ],
  ])('%s', async (_, given, reason, advice) => {
    const failure = await refusal(given);
    expect(failure?.reason).toContain(reason);
    expect(failure?.advice).toBe(advice);
  });

  test('a resource whose condition is another, or is no longer known', async () => {
    const template = `Conditions: {On: !Equals [a, a], Off: !Equals [a, b]}\nResources:\n${QUEUE}    Condition: On\n`;
    expect(await refusal({ template, edit: [DELAY, ['Condition: On', 'Condition: Off']] })).toEqual({
      reason: 'the resource would change as a whole',
      advice: BY_HAND,
    });
  });

  test('a resource of which another thing is not known', async () => {
    const ssm = 'Type: "AWS::SSM::Parameter::Value<String>"';
    const template = `Parameters: {A: {${ssm}, Default: /a}, B: {${ssm}, Default: /b}}
Conditions: {IsA: !Equals [!Ref A, x], IsB: !Equals [!Ref B, x]}
${TEMPLATE}  Other: {Type: AWS::SNS::Topic, Condition: IsA}
`;
    expect(await refusal({ template, edit: [DELAY, ['Condition: IsA', 'Condition: IsB']] })).toEqual({
      reason: 'the edit would also change Other',
      advice: OWN,
    });
    expect(await refusal({ template, edit: [DELAY] })).toBeUndefined();
  });
});

describe('the differences before and after an edit', () => {
  type Told = [path: string, desired?: Json | undefined, live?: Json];
  const STILL = 'the template would still not say what is live';
  const HIDDEN = 'it would hide another difference';
  const OPEN = 'the edited value could not be verified';
  const sides = ([path, desired, live]: Told): Difference => ({
    ...{ path, stablePath: path },
    ...(desired === undefined ? {} : { desired }),
    ...(live === undefined ? {} : { live }),
  });

  /** Why an edit of the delay is refused, of a resource that is compared to this before and after it. */
  async function verdictOn(
    was: Told[],
    is: Told[],
    open: [string[], string[]] = [[], []],
  ): Promise<string | undefined> {
    const stack = stackOf(TEMPLATE);
    const before = stack.evaluated.resources.get('Queue')?.properties;
    const of = (told: Told[], unverifiable: string[]): Comparison => ({
      differences: told.map(sides),
      unverifiable: unverifiable.map((path) => ({ path, reason: 'not known', class: 'unverified' as const })),
      equal: [],
      compared: 2,
    });
    const resource: DriftedResource = {
      logicalId: 'Queue',
      wanted: [],
      compare: async (properties) => (properties === before ? of(was, open[0]) : of(is, open[1])),
    };
    const [difference] = was.map(sides);
    if (!difference) throw new Error('none');
    const change = { intent: { kind: 'set' as const, keys: ['Delay'] }, difference };
    const group: PatchGroup = { editor, stacks: [stack], unproven: [] };
    const proof = await prove(group, scannedState(group), [edited(stack, DELAY)], [{ stack, resource, change }]);
    return proof.failure?.reason;
  }

  const DRIFT: Told = ['/Delay', 5, 9];
  test.each<[string, Told[], Told[], string | undefined]>([
    ['gone', [DRIFT], [], undefined],
    ['gone, another one as it was', [DRIFT, ['/B', 1, 2]], [['/B', 1, 2]], undefined],
    ['gone, one of two of a kind', [DRIFT, DRIFT], [DRIFT], undefined],
    ['gone, both of two of a kind', [DRIFT, DRIFT], [], HIDDEN],
    ['gone with another one', [DRIFT, ['/B', 1, 2]], [], HIDDEN],
    ['still there', [DRIFT], [DRIFT], STILL],
    ['in the place of another one', [DRIFT, ['/B', 1, 2]], [DRIFT], STILL],
    ['there at another place', [DRIFT, ['/B', 1, 2]], [['/C', 1, 2]], STILL],
    ['there from another value', [DRIFT, ['/B', 1, 2]], [['/B', 3, 2]], STILL],
    ['there to another value', [DRIFT, ['/B', 1, 2]], [['/B', 1, 3]], STILL],
    ['there as one that was added', [DRIFT, ['/B', null, 2]], [['/B', undefined, 2]], STILL],
    ['there as one that was taken out', [DRIFT, ['/B', 1, null]], [['/B', 1]], STILL],
    ['there at another index', [DRIFT, ['/B/0', 1, 2]], [['/B/1', 1, 2]], undefined],
    ['there at an index of two digits', [DRIFT, ['/B/9/C', 1, 2]], [['/B/10/C', 1, 2]], undefined],
    ['there at another name', [DRIFT, ['/B/1x', 1, 2]], [['/B/2x', 1, 2]], STILL],
    ['there in depth where it was above', [DRIFT, ['/B/1', 1, 2]], [['/B', 1, 2]], STILL],
  ])('%s', async (_, was, is, expected) => {
    expect(await verdictOn(was, is)).toBe(expected);
  });

  test.each<[string, string[], string[], string | undefined]>([
    ['nothing', ['/B'], [], undefined],
    ['the same', ['/B/0'], ['/B/3'], undefined],
    ['another', ['/B'], ['/C'], OPEN],
    ['more', ['/B/0'], ['/B/0', '/B/1'], OPEN],
    ['one', [], ['/B'], OPEN],
  ])('and %s not verified', async (_, was, is, expected) => {
    expect(await verdictOn([DRIFT], [], [was, is])).toBe(expected);
  });
});

describe('several differences of one resource', () => {
  const live = { Delay: 9, Name: 'two' };

  test('are proven together', async () => {
    const edit: [string, string][] = [DELAY, ['one', 'two']];
    expect(await refusal({ template: TEMPLATE, live, paths: ['/Delay', '/Name'], edit })).toBeUndefined();
  });

  test('one may stay', async () => {
    expect(await refusal({ template: TEMPLATE, live, edit: [DELAY] })).toBeUndefined();
  });

  test('one may not be made another', async () => {
    const failure = await refusal({
      template: TEMPLATE,
      live,
      paths: ['/Delay', '/Name'],
      edit: [DELAY, ['one', 'three']],
    });
    expect(failure?.reason).toBe('the template would still not say what is live');
  });

  test('may be in a list whose indices shift', async () => {
    const template = `Resources:\n  Queue:\n    Type: ${TYPE}\n    Properties:\n      Tags:\n        - {Key: a, Value: a}\n        - {Key: b, Value: b}\n        - {Key: c, Value: c}\n`;
    const tags = {
      Tags: [
        { Key: 'b', Value: 'new' },
        { Key: 'c', Value: 'other' },
      ],
    };
    const paths = ['/Tags/0', '/Tags/1/Value'];
    const edit: [string, string][] = [
      ['        - {Key: a, Value: a}\n', ''],
      ['Value: b', 'Value: new'],
    ];
    expect(await refusal({ template, live: tags, paths, edit })).toBeUndefined();
    expect(await refusal({ template, live: tags, paths: ['/Tags/0'], edit: edit.slice(0, 1) })).toBeUndefined();
    const wrong: [string, string][] = [edit[0] ?? ['', ''], ['Value: c', 'Value: new']];
    expect((await refusal({ template, live: tags, paths, edit: wrong }))?.reason).toContain(
      'other properties of Queue',
    );
  });

  test('what was not verified before may stay so', async () => {
    const template = `Resources:\n${QUEUE.replace('Name: one', 'Name: "{{resolve:ssm:/name}}"')}`;
    expect(await refusal({ template, edit: [DELAY] })).toBeUndefined();
  });
});

describe('stacks of the same files', () => {
  async function proofOf(group: PatchGroup, stack: PatchStack, edit: [string, string][], path = '/Delay') {
    const claim = await claimAt(stack, drifted(stack, 'Queue', { Delay: 9 }), path);
    return prove(group, scannedState(group), [edited(stack, ...edit)], [claim]);
  }

  test('would change with it: refused, with the name of the other one', async () => {
    const [one, other] = [stackOf(TEMPLATE), stackOf(TEMPLATE, { name: 'shop-dev' })];
    const { failure } = await proofOf({ editor, stacks: [one, other], unproven: [] }, one, [DELAY]);
    expect(failure).toEqual({
      reason: 'the edit would also change Queue of stack shop-dev',
      advice: 'make it a parameter, of which each stack has its own value',
    });
  });

  test('of other files stay as they are', async () => {
    const [one, other] = [stackOf(TEMPLATE), stackOf(TEMPLATE, { name: 'other', path: 'other.yaml' })];
    expect((await proofOf({ editor, stacks: [one, other], unproven: [] }, one, [DELAY])).failure).toBeUndefined();
  });

  test('that drifted alike change together', async () => {
    const stacks = [stackOf(TEMPLATE), stackOf(TEMPLATE, { name: 'shop-dev' })];
    const claims = await Promise.all(
      stacks.map((stack) => claimAt(stack, drifted(stack, 'Queue', { Delay: 9 }), '/Delay')),
    );
    const [one] = stacks;
    if (!one) throw new Error('none');
    const group: PatchGroup = { editor, stacks, unproven: [] };
    expect((await prove(group, scannedState(group), [edited(one, DELAY)], claims)).failure).toBeUndefined();
  });

  test('an edit of another file changes nothing of a stack: refused', async () => {
    const [one, other] = [stackOf(TEMPLATE), stackOf(TEMPLATE, { name: 'other', path: 'other.yaml' })];
    const group: PatchGroup = { editor, stacks: [one, other], unproven: [] };
    const claim = await claimAt(one, drifted(one, 'Queue', { Delay: 9 }), '/Delay');
    const own = await claimAt(other, drifted(other, 'Queue', { Delay: 9 }), '/Delay');
    const { failure } = await prove(group, scannedState(group), [edited(other, DELAY)], [claim, own]);
    expect(failure).toEqual({ reason: 'the edit does not change what the template says' });
  });

  test('that were not scanned can not be proven where the edit concerns them', async () => {
    const stack = stackOf(TEMPLATE);
    const unproven = (file: string): PatchGroup['unproven'] => [
      { name: 'stack old', reason: 'could not be scanned', isConcerned: (files) => files.has(file) },
    ];
    const { failure } = await proofOf({ editor, stacks: [stack], unproven: unproven('shop.yaml') }, stack, [DELAY]);
    expect(failure).toEqual({ reason: 'stack old has the same template or parameters, and could not be scanned' });
    const elsewhere = await proofOf({ editor, stacks: [stack], unproven: unproven('other.yaml') }, stack, [DELAY]);
    expect(elsewhere.failure).toBeUndefined();
  });
});

describe('a nested stack', () => {
  const PARENT = `Resources:
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: inner.yaml
      Parameters: {Delay: "5"}
`;
  const INNER = `Parameters: {Delay: {Type: Number}}\nResources:\n${QUEUE.replace('Delay: 5', 'Delay: !Ref Delay')}`;

  function family(inner = INNER, isNested = true) {
    const parent = stackOf(PARENT);
    const above = { stack: parent, logicalId: 'Inner' };
    const nested = stackOf(inner, { name: 'shop-Inner', path: 'inner.yaml', parent: above });
    return { parent, nested, stacks: isNested ? [parent, nested] : [parent] };
  }

  test('has its parameters from its parent, which may change with it', async () => {
    const { parent, nested, stacks } = family();
    const group: PatchGroup = { editor, stacks, unproven: [] };
    const claim = await claimAt(nested, drifted(nested, 'Queue', { Delay: '9' }), '/Delay');
    const edit = edited(parent, ['"5"', '"9"']);
    expect((await prove(group, scannedState(group), [edit], [claim])).failure).toBeUndefined();
  });

  test('but nothing else of the parent', async () => {
    const { parent, nested, stacks } = family();
    const group: PatchGroup = { editor, stacks, unproven: [] };
    const claim = await claimAt(nested, drifted(nested, 'Queue', { Delay: '9' }), '/Delay');
    const edit = edited(parent, ['"5"', '"9"'], ['inner.yaml', './inner.yaml']);
    const { failure } = await prove(group, scannedState(group), [edit], [claim]);
    expect(failure?.reason).toBe('the edit would also change Inner of stack shop');
  });

  test('and all that it makes of its parameters is looked at', async () => {
    const inner = `${INNER}  Other: {Type: ${TYPE}, Properties: {Delay: !Ref Delay}}\n`;
    const { parent, nested, stacks } = family(inner);
    const group: PatchGroup = { editor, stacks, unproven: [] };
    const claim = await claimAt(nested, drifted(nested, 'Queue', { Delay: '9' }), '/Delay');
    const { failure } = await prove(group, scannedState(group), [edited(parent, ['"5"', '"9"'])], [claim]);
    expect(failure?.reason).toBe('the edit would also change Other');
  });

  test('that is not scanned keeps its parameters', async () => {
    const { parent } = family(INNER, false);
    const group: PatchGroup = { editor, stacks: [parent], unproven: [] };
    const { failure } = await prove(group, scannedState(group), [edited(parent, ['"5"', '"9"'])], []);
    expect(failure?.reason).toBe('the edit would also change Inner of stack shop');
  });
});
