// Distils AWS's registry schemas, and what was mined of properties, into data/resource-types.json.gz, and where types keep
// secrets into data/secret-places.json.
// Usage: npm run distil [-- <zip or folder of schemas>]; default: ../shared/schemas/cloudformation-schemas.zip.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync, unzipSync } from 'fflate';
import { distilType } from '../dist/iac/cloudformation/types/distil.js';
import { encodeIndex } from '../dist/iac/cloudformation/types/index-file.js';
import { secretPlaces } from '../dist/iac/cloudformation/types/mined.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const input = process.argv[2] ?? join(root, '../shared/schemas/cloudformation-schemas.zip');
const mined = minedFacts(join(root, '../shared/mined/facts.jsonl.gz'));
const types = schemaTexts(input).map((text) => distilType(JSON.parse(text), mined));
mkdirSync(join(root, 'data'), { recursive: true });
// fflate packs alike on every machine and version of Node, so that the same schemas make the same file.
const bytes = gzipSync(Buffer.from(encodeIndex(types)), { level: 9, mtime: 0 });
writeFileSync(join(root, 'data/resource-types.json.gz'), bytes);
const places = secretPlaces(mined);
if (mined.length > 0) writeFileSync(join(root, 'data/secret-places.json'), `${JSON.stringify(places, null, 2)}\n`);
console.log(
  `${types.length} resource types in ${bytes.length} bytes, ${Object.keys(places).length} with secret places`,
);

function schemaTexts(path) {
  if (statSync(path).isDirectory()) {
    return readdirSync(path, { recursive: true })
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFileSync(join(path, name), 'utf8'));
  }
  return Object.entries(unzipSync(readFileSync(path)))
    .filter(([name]) => name.endsWith('.json'))
    .map(([, content]) => Buffer.from(content).toString('utf8'));
}

/** What Terraform's provider knows of properties; without the file only the schemas count. */
function minedFacts(path) {
  if (!existsSync(path)) return [];
  const text = Buffer.from(gunzipSync(readFileSync(path))).toString('utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
