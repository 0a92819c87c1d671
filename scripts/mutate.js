#!/usr/bin/env node
// Mutation testing of the parts that a verdict rests on: npm run mutate -- <group> [share]. Not part of CI.
// A mutant is a small mistake made in the source; it is noticed when a test of the group fails. With a share (0 to 1) only
// such a part of the functions is looked at, the same ones in each run.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import jestConfig, { BUILT } from '../jest.config.js';

/** What is mutated, and the tests that are to notice it, all in process. */
const GROUPS = {
  verdict: {
    sources: ['src/compare/verdict.ts'],
    tests: ['test/compare/verdict.test.ts', 'test/compare/three-way.test.ts'],
  },
  compare: {
    sources: filesIn('src/compare').filter((path) => !path.endsWith('/verdict.ts')),
    tests: filesIn('test/compare').filter((path) => path.endsWith('.test.ts')),
  },
  proof: {
    sources: ['src/patch/proof.ts', 'src/patch/intent.ts'],
    tests: ['test/patch/proof.test.ts', 'test/patch/intent.test.ts'],
  },
  parameters: {
    sources: ['src/iac/cloudformation/template/parameters.ts', 'src/iac/cloudformation/template/parameter-value.ts'],
    tests: ['test/iac/cloudformation/template/parameters.test.ts'],
  },
};
/** A group's tests as one file: Jest takes longer to begin a file than to run what is in it. */
const ALL = 'test/mutated.test.ts';
/** Percent of the mutants in covered code that have to be noticed. */
const LEAST = 80;
const SEED = 'gitops-drift';

/** With a compiler, what Stryker calls in its copy of the project, whose sources hold all mutants. */
const [name = '', share = '1', compiler] = process.argv.slice(2);
const group = Object.hasOwn(GROUPS, name) ? GROUPS[name] : undefined;
if (group === undefined || !(Number(share) > 0 && Number(share) <= 1)) {
  process.stderr.write(`usage: npm run mutate -- <${Object.keys(GROUPS).join('|')}> [share from 0 to 1]\n`);
  process.exit(2);
}
if (compiler === undefined) report(await mutated(group, Number(share)));
else prepare(group, compiler);

function prepare({ tests }, tsc) {
  const imports = tests.map((path) => `import './${path.replace(/^test\//, '').replace(/\.ts$/, '.js')}';\n`);
  writeFileSync(ALL, imports.join(''));
  const args = [tsc, '-p', 'tsconfig.build.json', '--noCheck'];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}

function filesIn(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.ts'));
  return files.map((file) => `${folder}/${file.replaceAll('\\', '/')}`);
}

function mutated({ sources }, part) {
  const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
  const stryker = new Stryker({
    mutate: part === 1 ? sources : sources.flatMap((path) => sampleOf(path, part)),
    testRunner: 'jest',
    plugins: ['@stryker-mutator/jest-runner'],
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    jest: {
      projectType: 'custom',
      enableFindRelatedTests: false,
      config: {
        ...jestConfig,
        testEnvironment: './test/support/built/mutated-environment.cjs',
        testMatch: [`<rootDir>/${ALL}`],
        transform: { '/\\.stryker-tmp/sandbox-\\w+/src/.+\\.ts$': BUILT, ...jestConfig.transform },
      },
    },
    buildCommand: `${process.execPath} scripts/mutate.js ${name} ${part} ${tsc}`,
    // Node loads a module once, and what it remembers serves other tests than the one that had it made, and other mutants.
    coverageAnalysis: 'all',
    maxTestRunnerReuse: 1,
    // A name that no file has: with one, Stryker asks TypeScript for things that version 7 no longer has.
    tsconfigFile: 'tsconfig.none.json',
    concurrency: 1,
    timeoutMS: 10_000,
    reporters: ['progress-append-only'],
    allowConsoleColors: false,
    logLevel: 'warn',
  });
  return stryker.runMutationTest();
}

/** The lines of a share of a file's functions, `file:first-last`, chosen by their text. */
function sampleOf(path, part) {
  const lines = readFileSync(path, 'utf8').split('\n');
  const starts = lines.flatMap((line, index) => (/^(?:export |async |function |const )/.test(line) ? [index] : []));
  return starts.flatMap((start, at) => {
    const end = starts[at + 1] ?? lines.length;
    const digest = createHash('sha256').update(`${SEED} ${path} ${lines[start]}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32 < part ? [`${path}:${start + 1}-${end}`] : [];
  });
}

/** The score, and each mutant that no test notices; fails where the score is too low. */
function report(mutants) {
  const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  const covered = noticed + count('Survived');
  const score = (100 * noticed) / covered;
  const places = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ fileName, location, mutatorName, replacement, status }) => {
      const what = replacement.replace(/\s+/g, ' ').slice(0, 80);
      return `${relative('.', fileName)}:${location.start.line}:${location.start.column} ${mutatorName} ${status}: ${what}\n`;
    });
  process.stdout.write(places.join(''));
  process.stdout.write(
    `${name}: ${score.toFixed(1)} % of ${covered} mutants in covered code are noticed; ${count('NoCoverage')} are not covered\n`,
  );
  process.exitCode = score >= LEAST ? 0 : 1;
}
