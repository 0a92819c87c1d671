// Synthesises the app of fixtures/cdk/shop by the aws-cdk-lib of each folder given, and records the assembly under
// fixtures/cdk/<version>; where typescript is installed there, also of the app compiled to JavaScript with source maps.
// Usage: node scripts/cdk-fixtures.js FOLDER...; a folder is one where aws-cdk-lib, constructs and tsx are installed.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const fixtures = fileURLToPath(new URL('../fixtures/cdk', import.meta.url));
const app = join(fixtures, 'shop');
/** Where the recorded apps claim to have been synthesised. */
const HOME = '/builds/shop';
/** What no reader of assemblies needs. */
const LEFT_OUT = /(^|\/)(tree|validation-report)\.json$/;

/** The version of the aws-cdk-lib that is installed in a folder. */
export function versionIn(folder) {
  return readJson(join(folder, 'node_modules/aws-cdk-lib/package.json')).version;
}

/** The files of the app's assembly, by path, as they are recorded: what names this machine is rewritten. */
export function recordedAssembly(folder, isCompiled = false) {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'cdk-fixtures-')));
  try {
    cpSync(app, home, { recursive: true });
    symlinkSync(join(folder, 'node_modules'), join(home, 'node_modules'));
    if (isCompiled) run(home, ['node_modules/typescript/bin/tsc', '-p', '.'], {});
    const entry = isCompiled ? ['built/bin/app.js'] : ['node_modules/tsx/dist/cli.mjs', 'bin/app.ts'];
    const { context } = readJson(join(home, 'cdk.json'));
    const given = {
      ...context,
      ...readJson(join(home, 'cdk.context.json')),
      'aws:cdk:enable-path-metadata': true,
    };
    run(home, entry, {
      CDK_OUTDIR: join(home, 'cdk.out'),
      CDK_CONTEXT_JSON: JSON.stringify(given),
      NODE_OPTIONS: '--stack-trace-limit=30',
      // Before 2.251 only debugging says where a construct was made.
      ...(isBefore(versionIn(folder), 251) ? { CDK_DEBUG: '1' } : {}),
    });
    const modules = realpathSync(join(folder, 'node_modules'));
    const kept = ['cdk.out', ...(isCompiled ? ['built'] : [])].flatMap((each) => filesUnder(home, each));
    return new Map(kept.filter((path) => !LEFT_OUT.test(path)).map((path) => [path, recorded(home, modules, path)]));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function run(home, args, environment) {
  const env = { PATH: process.env.PATH, HOME: home, CDK_DISABLE_CLI_TELEMETRY: 'true', ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: home, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}

function recorded(home, modules, path) {
  const text = readFileSync(join(home, path), 'utf8')
    .replaceAll(modules, `${HOME}/node_modules`)
    .replaceAll(home, HOME);
  if (!path.endsWith('.json')) return text;
  const json = JSON.parse(text);
  for (const artifact of Object.values(json.artifacts ?? {}))
    if (artifact.type === 'cdk:feature-flag-report') artifact.properties.flags = {};
  return `${JSON.stringify(json)}\n`;
}

function filesUnder(home, path) {
  return readdirSync(join(home, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(home, join(entry.parentPath, entry.name)))
    .sort();
}

function isBefore(version, minor) {
  return Number(version.split('.')[1]) < minor;
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const folder of process.argv.slice(2)) {
    const hasCompiler = existsSync(join(folder, 'node_modules/typescript'));
    for (const isCompiled of hasCompiler ? [false, true] : [false]) {
      const name = `${versionIn(folder)}${isCompiled ? '-compiled' : ''}`;
      rmSync(join(fixtures, name), { recursive: true, force: true });
      const files = recordedAssembly(folder, isCompiled);
      for (const [path, text] of files) {
        mkdirSync(dirname(join(fixtures, name, path)), { recursive: true });
        writeFileSync(join(fixtures, name, path), text);
      }
      console.log(`fixtures/cdk/${name}: ${files.size} files`);
    }
  }
}
