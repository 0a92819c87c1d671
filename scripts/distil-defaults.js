// Distils what AWS sets by itself, as recorded resources show it and Terraform's provider knows it, into
// data/aws-defaults.json: values that no template declares, and that are nobody's.
// Usage: npm run distil; reads ../shared/recorded and ../shared/mined, and leaves the file alone where they are not there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { distilDefaults } from '../dist/iac/cloudformation/types/aws-own/distil.js';
import { observationsOf } from '../dist/iac/cloudformation/types/aws-own/observe.js';
import { cloudFormationTypes } from '../dist/iac/cloudformation/types/types.js';
import { recordedCases } from './recorded-cases.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const mined = join(root, '../shared/mined/facts.jsonl.gz');
const cases = recordedCases();
if (cases === undefined || !existsSync(mined)) {
  console.error('skipped: ../shared/recorded or ../shared/mined is not there; data/aws-defaults.json stays as it is');
  process.exit();
}
const facts = gunzipSync(readFileSync(mined)).toString('utf8').trim().split('\n').map(JSON.parse);
const types = cloudFormationTypes;
const data = distilDefaults(
  cases.flatMap((one) => observationsOf(one, types)),
  facts,
  types.names().map((name) => types.get(name)),
);
writeFileSync(join(root, 'data/aws-defaults.json'), text(data));
const count = (section) => Object.values(section).flatMap(Object.keys).length;
console.log(
  `defaults: ${count(data.recorded)} recorded places, ${Object.keys(data.usual).length} usual names, ${count(data.mined)} mined places`,
);

/** One line a type or name, so that changes can be reviewed. */
function text(sections) {
  const parts = Object.entries(sections).map(([name, section]) => {
    const lines = Object.entries(section).map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    return `  ${JSON.stringify(name)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}
