// Distils AWS's registry schemas into data/resource-types.json.gz.
// Usage: npm run distil [-- <zip or folder of schemas>]; default: ../shared/schemas/cloudformation-schemas.zip.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync, unzipSync } from 'fflate';
import { resourceTypeFromSchema } from '../dist/resource-type/from-schema.js';
import { encodeIndex } from '../dist/resource-type/index-file.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const input = process.argv[2] ?? join(root, '../shared/schemas/cloudformation-schemas.zip');
const types = schemaTexts(input).map((text) => resourceTypeFromSchema(JSON.parse(text)));
mkdirSync(join(root, 'data'), { recursive: true });
// fflate packs alike on every machine and version of Node, so that the same schemas make the same file.
const bytes = gzipSync(Buffer.from(encodeIndex(types)), { level: 9, mtime: 0 });
writeFileSync(join(root, 'data/resource-types.json.gz'), bytes);
console.log(`${types.length} resource types in ${bytes.length} bytes`);

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
