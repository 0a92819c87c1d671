import { expect, test } from '@jest/globals';
import type { Json } from '../../../../src/base/json.js';
import { attributeOf } from '../../../../src/iac/cloudformation/state/attributes.js';

const MODEL = {
  Arn: 'arn:1',
  Endpoint: { Address: 'db.example.com', Port: 3306, Null: null },
  'Endpoint.Address': 'db.other.com',
  'Dotted.Name': 'whole',
  List: ['a', 'b'],
};
const STACK = {
  Outputs: [
    { OutputKey: 'Url', OutputValue: 'https://shop' },
    { OutputKey: 'Vpc.Id', OutputValue: 'vpc-1' },
    { OutputKey: 'Empty' },
    'odd',
  ],
};

test.each<[string, Json | undefined]>([
  ['Arn', 'arn:1'],
  ['Endpoint.Port', 3306],
  ['Endpoint.Address', 'db.other.com'],
  ['Dotted.Name', 'whole'],
  ['Endpoint', MODEL.Endpoint],
  ['Endpoint.Null', null],
  ['List', ['a', 'b']],
  ['Endpoint.Nothing', undefined],
  ['Nothing', undefined],
  ['Nothing.Port', undefined],
  ['Arn.length', undefined],
  ['List.0', undefined],
  ['toString', undefined],
  ['Endpoint.toString', undefined],
  ['Outputs.Url', undefined],
])('%s of a model is %j', (name, expected) => {
  expect(attributeOf(MODEL, name)).toEqual(expected);
});

test.each<[string, Json | undefined]>([
  ['Outputs.Url', 'https://shop'],
  ['Outputs.Vpc.Id', 'vpc-1'],
  ['Outputs.Nothing', undefined],
  ['Outputs.Empty', undefined],
  ['Url', undefined],
])('%s of a nested stack is %j', (name, expected) => {
  expect(attributeOf(STACK, name)).toEqual(expected);
});

test('outputs that are no list are properties like any', () => {
  expect(attributeOf({ Outputs: { Url: 'x' } }, 'Outputs.Url')).toBe('x');
});
