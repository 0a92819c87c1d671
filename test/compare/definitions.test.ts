import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { type PlainObject, unresolved } from '../../src/value/value.js';
import { describeScenarios } from '../support/patching.js';
import { comparing } from './comparing.js';

const TYPE = 'AWS::StepFunctions::StateMachine';
const STATES = (resource: string, seconds = 30) => ({
  StartAt: 'Pay',
  States: { Pay: { Type: 'Task', Resource: resource, TimeoutSeconds: seconds, End: true } },
});
const LIVE: JsonObject = { DefinitionString: JSON.stringify(STATES('arn:aws:states:::sqs:send')) };

async function found(desired: PlainObject, live: JsonObject = LIVE) {
  const { differences, unverifiable } = await comparing(TYPE, desired, live);
  return { differs: differences.map(({ path }) => path), open: unverifiable.map(({ reason }) => reason) };
}

describe('a definition with names that the service replaces', () => {
  const substituted = JSON.stringify(STATES('${Target}'), null, 2);
  const names = (target: PlainObject[string]) => ({ DefinitionSubstitutions: { Target: target, Other: 'x' } });
  const open = [expect.stringContaining('write-only')];

  test('is compared with the values in their place, as text and as object', async () => {
    const values = names('arn:aws:states:::sqs:send');
    expect(await found({ DefinitionString: substituted, ...values })).toEqual({ differs: [], open });
    expect(await found({ Definition: STATES('${Target}'), ...values })).toEqual({ differs: [], open });
  });

  test('differs where a value, or anything else, does', async () => {
    expect(await found({ DefinitionString: substituted, ...names('arn:aws:states:::sns:publish') })).toMatchObject({
      differs: ['/DefinitionString'],
    });
    expect(
      await found({ Definition: STATES('${Target}', 31), ...names('arn:aws:states:::sns:publish') }),
    ).toMatchObject({ differs: ['/Definition/States/Pay/Resource', '/Definition/States/Pay/TimeoutSeconds'] });
  });

  test('a number is its text, a name without a value stays as it is', async () => {
    const live = { DefinitionString: JSON.stringify(STATES('2026 ${Unknown}')) };
    expect((await found({ Definition: STATES('${Target} ${Unknown}'), ...names(2026) }, live)).differs).toEqual([]);
  });

  test('is not known where a value is not', async () => {
    expect(await found({ DefinitionString: substituted, ...names(unresolved('not deployed')) })).toMatchObject({
      differs: [],
      open: expect.arrayContaining(['not deployed']),
    });
  });
});

describe('a definition as an object', () => {
  test('is compared with the text that comes back', async () => {
    expect((await found({ Definition: STATES('arn:aws:states:::sqs:send') })).differs).toEqual([]);
    expect((await found({ Definition: STATES('arn:aws:states:::sqs:send', 5) })).differs).toEqual([
      '/Definition/States/Pay/TimeoutSeconds',
    ]);
  });

  test('says nothing where what comes back is no JSON', async () => {
    const { differs, open } = await found({ Definition: STATES('x') }, { DefinitionString: '{broken' });
    expect({ differs, open: open.length }).toEqual({ differs: [], open: 1 });
  });
});

describeScenarios('patches of a definition with substitutions', [
  {
    name: 'only the changed value of the text is edited',
    template: `Resources:
  Flow:
    Type: ${TYPE}
    Properties:
      RoleArn: arn:aws:iam::111111111111:role/flow
      DefinitionString: |
        {
          "StartAt": "Pay",
          "States": {"Pay": {"Type": "Task", "Resource": "\${Target}", "TimeoutSeconds": 30, "End": true}}
        }
      DefinitionSubstitutions: { Target: arn:aws:states:::sqs:send }
`,
    drift: [['set', 'Flow/DefinitionString', JSON.stringify(STATES('arn:aws:states:::sqs:send', 60))]],
    diff: [
      '-          "States": {"Pay": {"Type": "Task", "Resource": "${Target}", "TimeoutSeconds": 30, "End": true}}',
      '+          "States": {"Pay": {"Type": "Task", "Resource": "${Target}", "TimeoutSeconds": 60, "End": true}}',
    ],
  },
]);

test('a definition that is declared as an object is not undeclared as a text', async () => {
  const definition = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
  const live = { DefinitionString: JSON.stringify(definition) };
  const { differences, rest } = await comparing('AWS::StepFunctions::StateMachine', { Definition: definition }, live);
  expect([differences, rest]).toEqual([[], []]);
});
