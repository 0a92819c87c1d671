import { readFileSync } from 'node:fs';
import { packageFile } from '../../../base/package-file.js';
import type { SecretPlaces } from '../../../secrets/types.js';

/** Calls whose arguments are names of things, and no part of the value. */
const NAMING_CALLS = /^(?:Ref|Condition|Fn::(?:GetAtt|ImportValue|FindInMap|GetAZs|Transform))$/;
/** Calls whose first argument is no part of the value: a condition, a delimiter, an index. */
const CALLS_WITH_HEAD = /^Fn::(?:If|Join|Select|Split)$/;

let places: Readonly<Record<string, string[]>> | undefined;

/** Where CloudFormation's types keep secrets (`data/secret-places.json`, which `npm run distil` makes), and how templates call functions. */
export const secretPlaces: SecretPlaces = {
  secretPlaces(type) {
    places ??= JSON.parse(readFileSync(packageFile('data/secret-places.json'), 'utf8')) as Record<string, string[]>;
    return Object.hasOwn(places, type) ? (places[type] ?? []) : [];
  },
  calls: {
    argumentsOf(key) {
      if (NAMING_CALLS.test(key)) return 'names';
      if (CALLS_WITH_HEAD.test(key)) return 'head';
      return key.startsWith('Fn::') ? 'value' : undefined;
    },
    endOf({ 'Fn::Sub': substituted, 'Fn::Join': joined }) {
      return Array.isArray(substituted) ? substituted[0] : (substituted ?? joined);
    },
  },
};
