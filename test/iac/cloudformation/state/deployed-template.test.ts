import { describe, expect, test } from '@jest/globals';
import {
  evaluateDeployed,
  readDeployed,
  unmasked,
} from '../../../../src/iac/cloudformation/state/deployed-template.js';
import { evaluateTemplate } from '../../../../src/iac/cloudformation/template/evaluate.js';
import { resolveParameters } from '../../../../src/iac/cloudformation/template/parameters.js';
import { parseTemplate } from '../../../../src/iac/cloudformation/template/parse.js';
import type { DeployedParameter } from '../../../../src/model/deployed.js';
import type { ConfiguredParameter } from '../../../../src/model/parameter.js';
import { createSource } from '../../../../src/syntax/source.js';
import { type PlainObject, toPlain, unresolved } from '../../../../src/value/value.js';

const TEMPLATE = `Parameters:
  Size: {Type: Number, Default: 1}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: !Ref Size
      QueueName: café
`;

interface Given {
  configured?: Record<string, string>;
  deployed?: Record<string, DeployedParameter>;
}

/** What is known of the stack `shop`, last deployed from a text, where Git has the template above or another one. */
function known(text: string | undefined, { configured = {}, deployed = {} }: Given = {}, ours = TEMPLATE) {
  const template = parseTemplate(createSource('shop.yaml', ours));
  const place = { source: template.source, range: { start: 0, end: 1 } };
  const side = readDeployed({
    text,
    template,
    stack: { name: 'shop', region: 'eu-west-1', parameters: deployed, outputs: {}, tags: {}, resources: [] },
    configured: new Map(Object.entries(configured).map(([name, value]) => [name, { value, ...place }])),
  });
  return evaluateDeployed(side, (version, parameters: Map<string, ConfiguredParameter>) =>
    evaluateTemplate(version, {
      parameters: resolveParameters(version, { configured: parameters, deployed }),
      environment: { region: 'eu-west-1', stackName: 'shop' },
      resources: { physicalId: () => undefined, attribute: () => undefined },
    }),
  );
}

describe('what the stack was last deployed from', () => {
  test.each<[string, string]>([
    ['the same text', TEMPLATE],
    ['with what CloudFormation does not keep', TEMPLATE.replace('é', '?')],
    ['with more of it for one character', TEMPLATE.replace('é', '??')],
    ['with other line ends', TEMPLATE.replaceAll('\n', '\r\n')],
    ['with a mark at the start', `\uFEFF${TEMPLATE}`],
    ['without the line end at the end', TEMPLATE.trimEnd()],
  ])('is the same: %s', (_, text) => {
    expect(known(text)).toEqual({ kind: 'same' });
  });

  test.each<[string, string]>([
    ['another character', TEMPLATE.replace('é', 'e')],
    ['a comment', TEMPLATE.replace('!Ref Size', '!Ref Size # as asked for')],
    ['a space at the end of a line', TEMPLATE.replace('AWS::SQS::Queue', 'AWS::SQS::Queue ')],
  ])('is another one: %s', (_, text) => {
    expect(known(text)).toMatchObject({ kind: 'other' });
  });

  test('is another one where a parameter is configured otherwise than deployed', () => {
    const deployed = { Size: { value: '5' } };
    expect(known(TEMPLATE, { configured: { Size: '5' }, deployed })).toEqual({ kind: 'same' });
    expect(known(TEMPLATE, { configured: { Size: '6' }, deployed })).toMatchObject({ kind: 'other' });
    expect(known(TEMPLATE, { configured: { Size: '6' } })).toMatchObject({ kind: 'other' });
    // A parameter that is not configured is what is deployed on both sides; a mask says nothing.
    expect(known(TEMPLATE, { deployed })).toEqual({ kind: 'same' });
    expect(known(TEMPLATE, { configured: { Size: '6' }, deployed: { Size: { value: '****' } } })).toEqual({
      kind: 'same',
    });
    expect(known(TEMPLATE, { configured: { constructor: '1' } })).toMatchObject({ kind: 'other' });
  });

  test('is evaluated with the parameters that it was deployed with, not with those of Git', () => {
    const given = { configured: { Size: '6' }, deployed: { Size: { value: '5' } } };
    const side = known(TEMPLATE.replace('café', 'old'), given);
    const queue = side.kind === 'other' ? side.evaluated.resources.get('Queue') : undefined;
    expect(queue && toPlain(queue.properties)).toEqual({ DelaySeconds: '5', QueueName: 'old' });
  });

  test('is not known where it could not be read, or is none, with the reason', () => {
    expect(known(undefined)).toEqual({ kind: 'unknown' });
    expect(known('Resources: [')).toEqual({ kind: 'unknown', reason: expect.stringContaining('YAML not well-formed') });
    const parameter = TEMPLATE.replace('{Type: Number, Default: 1}', '{Type: Number}');
    expect(known(parameter)).toEqual({ kind: 'unknown', reason: 'Parameters: [Size] must have values' });
  });
});

describe('texts that CloudFormation returned with ?', () => {
  const desired: PlainObject = {
    Name: 'café',
    Tags: [{ Key: 'Stadt', Value: 'Köln' }],
    Later: unresolved('later'),
    Plain: 'why',
  };

  test.each<[string, PlainObject, PlainObject]>([
    ['are those that Git has in full', { Name: 'caf?' }, { Name: 'café' }],
    ['with more than one ? for a character', { Name: 'caf??' }, { Name: 'café' }],
    ['at any depth and place', { Other: [{ Value: 'K?ln' }] }, { Other: [{ Value: 'Köln' }] }],
    ['but for those that Git has not', { Name: 'th?' }, { Name: 'th?' }],
    ['or has without such a character', { Plain: 'why?' }, { Plain: 'why?' }],
    ['and for those without ?', { Name: 'cafe' }, { Name: 'cafe' }],
    ['and for what is no text', { A: 1, B: true, C: null, D: [1] }, { A: 1, B: true, C: null, D: [1] }],
  ])('%s', (_, deployed, expected) => {
    expect(unmasked(deployed, desired)).toEqual(expected);
  });

  test('are left where Git has none outside of ASCII', () => {
    const deployed = { Name: 'caf?' };
    expect(unmasked(deployed, { Name: 'caf?' })).toBe(deployed);
  });

  test('what is not known stays so', () => {
    const later = unresolved('later');
    expect(unmasked({ A: later, B: 'caf?' }, desired)).toEqual({ A: later, B: 'café' });
  });
});
