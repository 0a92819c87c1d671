/**
 * `npm run lint` runs it: a folder of `src/` imports only from the floors below its own, so that what a reader has seen
 * of a floor never depends on what stands above it; a kind of infrastructure as code is reached through its port alone;
 * and only the adapter of CloudFormation names its types and functions.
 * Cycles between files are the linter's to find.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forbiddenLiterals } from './check-literals.js';

/**
 * The folders and files of `src/`, the lowest floor first; where a subfolder has a floor of its own, that one counts.
 * ARCHITECTURE.md says what each is for.
 */
export const FLOORS = [
  'base',
  'syntax',
  'value',
  'git',
  'model',
  'secrets',
  'compare',
  'severity',
  'suppress',
  'baseline',
  'patch',
  'who',
  'cloud',
  'iac',
  'config',
  'scan',
  'ignore',
  'report',
  'ci',
  'doctor',
  'revert',
  'init',
  'cli',
  'index.ts',
];

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.{1,2}\/[^'"]+)\1/g;

/**
 * The imports that go upward, and folders that have no floor, a line each; none where all is well. `root` is the folder
 * of the sources.
 */
export function forbiddenImports(root, floors = FLOORS) {
  const files = sourcesIn(root);
  const floorOf = (file) => floors.indexOf(floorAt(file, floors));
  const homeless = [...new Set(files.filter((file) => floorOf(file) === -1).map((file) => file.split('/')[0]))];
  const upward = files.flatMap((file) => {
    const own = floorOf(file);
    return importsOf(root, file)
      .filter((target) => floorOf(target) > own)
      .map((target) => `${file} imports ${target}: ${floorAt(target, floors)} is above ${floorAt(file, floors)}`);
  });
  return [...homeless.map((folder) => `${folder} has no floor`), ...upward];
}

/** The one file that may import adapters: all else asks them by the port. */
const REGISTRY = 'iac/registry.ts';

/** The imports that reach into an adapter, a folder in `iac/`, from outside of it; a line each. */
export function importsPastThePort(root) {
  return sourcesIn(root).flatMap((file) => {
    if (file === REGISTRY) return [];
    return importsOf(root, file).flatMap((target) => {
      const [adapter] = /^iac\/[^/]+\//.exec(target) ?? [];
      if (adapter === undefined || file.startsWith(adapter)) return [];
      return [`${file} imports ${target}: only ${REGISTRY} imports an adapter, all else asks its port, iac/iac.ts`];
    });
  });
}

function sourcesIn(root) {
  return readdirSync(root, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .sort();
}

function importsOf(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(IMPORT)]
    .map(([, , path]) => posix.join(posix.dirname(file), path).replace(/\.js$/, '.ts'))
    .filter((path) => !path.startsWith('..'));
}

/** The innermost folder with a floor that a file is in. */
function floorAt(file, floors) {
  const around = floors.filter((floor) => file === floor || file.startsWith(`${floor}/`));
  return around.sort((one, other) => other.length - one.length)[0];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(dirname(process.argv[1]), '../src');
  const literals = forbiddenLiterals(root);
  const lines = [...forbiddenImports(root), ...importsPastThePort(root), ...literals];
  for (const line of lines) console.error(line);
  console.log(`${literals.length} literals that name CloudFormation outside of its adapter`);
  if (lines.length > 0) process.exitCode = 1;
}
