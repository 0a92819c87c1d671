import { expect, test } from '@jest/globals';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { maskSecrets } from '../../src/secrets/mask.js';

/** What a cloud may answer: objects whose keys are names that JavaScript asks of objects. */
const ODD = { toString: 1, valueOf: 2, toJSON: 3, constructor: 4, hasOwnProperty: 5 };

test.each([
  ['in a list', [ODD]],
  ['in a list of commands', ['--password', ODD, 'mysql', ODD]],
  ['in a list of lists', [[ODD], ODD]],
  ['in a pair', [{ Name: 'DB_PASSWORD', Value: ODD }]],
])('objects with such keys %s are looked through', (_, list) => {
  const masked = maskSecrets(
    { Command: list, Password: 'hunter2hunter2' },
    { types: cloudFormationTypes },
    { secrets: ['hunter2hunter2'] },
  );
  expect(JSON.stringify(Object.entries(masked))).not.toContain('hunter2');
  expect(Object.keys(masked)).toEqual(['Command', 'Password']);
});
