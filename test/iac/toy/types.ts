import type { IacTypes } from '../../../src/iac/iac.js';

const ADVICE = { why: 'It is not as Git says.', help: 'Adopt or revert it.' };

/** The toy has types of which nothing is known but how grave a change of them is. */
export const toyTypes: IacTypes = {
  get: () => undefined,
  names: () => ['toy.box'],
  facts: () => [],
  word: () => undefined,
  alternatives: async () => new Map(),
  own: () => undefined,
  defaults: () => [],
  moving: () => [],
  childKinds: [],
  childKindsOf: () => [],
  isGlobal: () => false,
  capacities: () => [],
  scalers: [],
  alias: () => undefined,
  definition: () => undefined,
  echoes: () => [],
  standIns: () => [],
  secretPlaces: () => [],
  calls: { argumentsOf: () => undefined, endOf: () => undefined },
  declaredSecrets: () => [],
  secretParameters: () => new Set(),
  maskTemplate: () => undefined,
  maskEdits: () => [],
  severityRules: () => [
    { id: 'open', severity: 'high', title: 'A box was opened', ...ADVICE, path: '/open', new: { equals: true } },
    { id: 'changed', severity: 'low', title: 'A box was changed', ...ADVICE },
  ],
  permission: () => undefined,
  withoutState: () => undefined,
  isNestedStack: () => false,
  transformOf: () => undefined,
  identifier: ({ name }) => ({ missing: name }),
  fromSchema() {
    throw new Error('the toy has no registry of types');
  },
};
