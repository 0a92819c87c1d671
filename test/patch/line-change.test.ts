import { expect, test } from '@jest/globals';
import { lineChange } from '../../src/patch/line-change.js';

test.each([
  ['VisibilityTimeout: 60 # seconds', 'VisibilityTimeout: 90 # seconds', 'VisibilityTimeout: 60 → 90'],
  ['- 10.0.0.0/8', '- 10.0.0.0/16', '- 10.0.0.0/8 → 10.0.0.0/16'],
  ['Value: old words stay', 'Value: new words stay', 'Value: old words stay → new words stay'],
  ['Description: "a: b"', 'Description: "a: c"', 'Description: "a: b" → "a: c"'],
  ['LOG_LEVEL: !Ref LogLevel', 'LOG_LEVEL: debug', 'LOG_LEVEL: !Ref LogLevel → debug'],
  ['- { Key: Cost, Value: "1042" }', '- { Key: Cost, Value: "2001" }', '- { Key: Cost, Value: "1042" → "2001"'],
  ['Timeout: !If [IsProd, 60, 30]', 'Timeout: !If [IsProd, 90, 30]', 'Timeout: !If [IsProd, 60 → 90'],
  ['parameters: { Env: prod }', 'parameters: { Env: prod, Days: "1" }', '+ Days: "1"'],
  ['Tags: [{ Key: a }, { Key: b }]', 'Tags: [{ Key: b }]', '- { Key: a }'],
  ['"DelaySeconds": 5,', '"DelaySeconds": 9,', '"DelaySeconds": 5 → 9'],
  ['Name: ""', 'Name: x', 'Name: "" → x'],
  [
    `{"Resources":{"Orders":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"orders","Timeout":60,"Delay":5}}}}`,
    `{"Resources":{"Orders":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"orders","Timeout":90,"Delay":5}}}}`,
    '… "Properties":{"QueueName":"orders","Timeout":60 → 90',
  ],
])('%s', (before, after, told) => {
  expect(lineChange(before, after)).toBe(told);
});
