/**
 * `npm run build`: makes `dist/`. What is the same at each start is done here, once: checking types, compiling schemas to
 * validators, reading the severity rules' YAML, and joining the modules of the commands and of all they need.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _, Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ESM = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
};

/** How the schemas are compiled, and the functions that each becomes: the whole of it, or a part. */
const VALIDATORS = {
  config: {
    // `src/config/violations.ts` words what is wrong by the schema.
    ajv: new Ajv2020({ ...ajvOptions(), allowUnionTypes: true, verbose: true }),
    functions: { isConfig: 'config' },
  },
  report: {
    // The tests hold it to its own schema.
    ajv: new Ajv2020({ ...ajvOptions(), strict: false, validateSchema: false }),
    functions: { isReport: 'report' },
  },
  baseline: {
    ajv: new Ajv(ajvOptions()),
    functions: { isBaseline: 'baseline' },
  },
  snapshot: {
    ajv: new Ajv({ ...ajvOptions(), allowUnionTypes: true }),
    functions: { isSnapshot: 'snapshot', isStack: 'snapshot#/definitions/stack' },
  },
};

function ajvOptions() {
  // The format's own function is what the code of a validator asks for.
  const code = { source: true, esm: true, formats: _`require('./scripts/schema-formats.js')` };
  return { allErrors: true, formats: { date: () => true }, code };
}

/** Each becomes a module that needs no other. */
async function compileSchemas() {
  for (const [name, { ajv, functions }] of Object.entries(VALIDATORS)) {
    ajv.addSchema({ ...JSON.parse(read(`schemas/${name}.schema.json`)), $id: name });
    const stdin = { contents: withoutCopies(standaloneCode(ajv, functions)), resolveDir: ROOT };
    await build({ ...ESM, stdin, outfile: `dist/validators/${name}.js` });
  }
}

/** Each error of a part of a value would copy all errors before it, which takes hours for a long list of wrong items. */
function withoutCopies(code) {
  const appended = code.replaceAll(/vErrors\.concat\(([\w.]+)\)/g, 'appended(vErrors, $1)');
  return `${appended}\nfunction appended(errors, more) { for (const each of more) errors.push(each); return errors; }\n`;
}

/**
 * The commands with all packages that they need, in few files; what is imported on demand stays so. esbuild makes a file of
 * the modules that the same entries need, and would make dozens of what the command line begins with: where all that is
 * imported on demand needs it as well, it becomes one file, which starts sooner.
 */
async function bundleCommands() {
  const { metafile } = await bundle({ write: false });
  const lazy = new Set(Object.values(metafile.inputs).flatMap(({ imports }) => lazyOf(imports)));
  const start = JSON.stringify(`${ROOT}/dist/cli/main.js`);
  const needStart = {
    name: 'need-start',
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/ }, ({ path }) => {
        if (!lazy.has(relative(ROOT, path).replaceAll('\\', '/'))) return undefined;
        return { contents: `import ${start};\n${readFileSync(path, 'utf8')}`, resolveDir: dirname(path) };
      });
    },
  };
  const bundled = await bundle({ plugins: [needStart] });
  write('dist/bundle/LICENSES.txt', licencesOf(Object.keys(bundled.metafile.inputs)));
}

/** Our own modules among those that are imported on demand. */
function lazyOf(imports) {
  return imports
    .filter(({ kind, path }) => kind === 'dynamic-import' && path.startsWith('dist/'))
    .map(({ path }) => path);
}

function bundle(options) {
  return build({
    ...ESM,
    ...options,
    entryPoints: { cli: 'dist/cli/main.js', ci: 'dist/ci/main.js' },
    // As deep as the modules that are joined here: `packageFile` relies on it.
    outdir: 'dist/bundle',
    splitting: true,
    // Modules for Node alone would be CommonJS, which can't be taken apart.
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
    legalComments: 'none',
    metafile: true,
  });
}

/** The licences of the packages that files are from. */
function licencesOf(files) {
  const folders = new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(read(`${folder}/package.json`));
    const file = readdirSync(`${ROOT}/${folder}`).find((each) => /^licen[cs]e/i.test(each));
    return `${name} ${version} (${license})\n\n${file === undefined ? '' : read(`${folder}/${file}`).trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

function read(path) {
  return readFileSync(`${ROOT}/${path}`, 'utf8');
}

function write(path, text) {
  writeFileSync(`${ROOT}/${path}`, text);
}

rmSync(`${ROOT}/dist`, { recursive: true, force: true });
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const checked = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { cwd: ROOT, stdio: 'inherit' });
if (checked.status !== 0) process.exit(checked.status ?? 1);
await compileSchemas();
write('dist/severity-rules.json', JSON.stringify(parse(read('data/severity-rules.yaml'))));
await bundleCommands();
