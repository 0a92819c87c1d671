// Distils what AWS sets by itself where nothing is declared into data/aws-defaults.json.gz: what was observed at real
// resources (../shared/recorded), and what Terraform's provider takes for a default (../shared/mined).
// Usage: npm run distil:defaults
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'fflate';
import { encodeDefaults, observedDefaults, usualDefaults } from '../dist/resource-type/distil-defaults.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const observed = observedDefaults(lines('../shared/recorded/cases.jsonl.gz'));
const mined = lines('../shared/mined/facts.jsonl.gz');
const text = encodeDefaults(observed, usualDefaults(observed), mined);
// fflate packs alike on every machine and version of Node.
const bytes = gzipSync(Buffer.from(text), { level: 9, mtime: 0 });
writeFileSync(join(root, 'data/aws-defaults.json.gz'), bytes);
console.log(`defaults of ${text.split('\n').length - 2} resource types in ${bytes.length} bytes`);

function lines(file) {
  const text = Buffer.from(gunzipSync(readFileSync(join(root, file)))).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
