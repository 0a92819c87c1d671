import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isObject, type Json, type JsonObject } from '../../../src/base/json.js';
import { segments } from '../../../src/base/json-pointer.js';
import { commitFiles, makeEmptyRepository, writeFiles } from '../../support/repository.js';
import type { Library } from './libraries.js';

const FIXTURES = fileURLToPath(new URL('../../../fixtures/cdk', import.meta.url));
const CONFIG = `version: 1
region: eu-west-1
cdk:
  app: [${JSON.stringify(process.execPath)}, node_modules/tsx/dist/cli.mjs, bin/app.ts]
`;

/** The stacks of the app as they are deployed, and their templates. */
const STACKS = {
  Network: 'Network',
  'shop-data': 'Data',
  Service: 'Service',
  'Reports-Reports': 'assembly-Reports/ReportsF038F93E',
};

/** A value that is another in the cloud, by stack, logical ID and path: `Service Worker11F36D0F /MemorySize`. */
export type Drift = Readonly<Record<string, Json>>;

/** A repository of the app, with a library to run it with, and a snapshot in which it is deployed and has drifted. */
export function shopWith({ folder, version }: Library, drift: Drift): { repository: string; snapshot: string } {
  const repository = makeEmptyRepository();
  cpSync(join(FIXTURES, 'shop'), repository, { recursive: true });
  symlinkSync(join(folder, 'node_modules'), join(repository, 'node_modules'));
  commitFiles(repository, { 'gitops-drift.yaml': CONFIG, '.gitignore': 'node_modules\ncdk.out\n' });
  const stacks = Object.entries(STACKS).map(([name, file]) => deployed(name, version, `${file}.template.json`, drift));
  const live = { snapshotVersion: 1, account: '123456789012', regions: { 'eu-west-1': { stacks } } };
  writeFiles(join(repository, '.git'), { 'live.json': JSON.stringify(live) });
  return { repository, snapshot: join(repository, '.git/live.json') };
}

function deployed(name: string, version: string, file: string, drift: Drift): JsonObject {
  const template = readFileSync(join(FIXTURES, version, 'cdk.out', file), 'utf8');
  const { Resources } = JSON.parse(template) as { Resources: Record<string, { Type: string; Properties?: Json }> };
  const resources = Object.entries(Resources).map(([logicalId, { Type: type, Properties = {} }]) => {
    const properties = known(Properties) ?? {};
    for (const [place, value] of Object.entries(drift)) {
      const [stack, id, path = ''] = place.split(' ');
      if (stack === name && id === logicalId) write(properties, segments(path), value);
    }
    return { logicalId, type, physicalId: `${name}-${logicalId}`, status: 'CREATE_COMPLETE', properties };
  });
  return { name, status: 'UPDATE_COMPLETE', template, parameters: {}, resources };
}

/** A value without what only the cloud knows of it. */
function known(value: Json): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => known(item) ?? 'made by the cloud');
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && /^(?:Ref|Fn::.*)$/.test(entries[0]?.[0] ?? '')) return undefined;
  return Object.fromEntries(
    entries.flatMap(([key, each]) => {
      const own = known(each);
      return own === undefined ? [] : [[key, own]];
    }),
  );
}

function write(value: Json, [key = '', ...rest]: readonly string[], to: Json): void {
  const holder = value as Record<string, Json>;
  const next = holder[key];
  if (rest.length === 0) holder[key] = to;
  else if (next === undefined || next === null) throw new Error(`there is no ${key}`);
  else write(next, rest, to);
}
