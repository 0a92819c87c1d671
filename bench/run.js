/**
 * `npm run bench`: what the tool promises about speed, measured on this machine and printed as ratios.
 * Exits 1 when a promise is not kept. The best of several runs counts: the others measure the machine's other work.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callsAlone, least, runNode, startSimulator } from './measure.js';
import { createProject } from './project.js';

const CLI = fileURLToPath(new URL('../bin/gitops-drift.js', import.meta.url));
const CONCURRENCY = 16;
const LATENCY_MS = 20;
const lines = [];
const folders = [];

function project(size) {
  const made = createProject(size);
  folders.push(made.folder);
  return made;
}

/** Checks that a scan did what it was to measure: all resources judged, one finding a stack or a resource. */
async function scan({ repository }, { stacks, resources, all }, args, env) {
  const result = await runNode([CLI, 'scan', repository, '--output', 'json', ...args], { env });
  if (result.code !== 1)
    throw new Error(`the scan ended with ${result.code}: ${result.stderr}${result.stdout.slice(0, 500)}`);
  const { summary } = JSON.parse(result.stdout);
  const { total, inSync, modified } = summary.resources;
  const drifted = all ? resources : stacks;
  if (total !== resources || inSync !== resources - drifted || modified !== drifted) {
    throw new Error(`the scan found something else: ${JSON.stringify(summary.resources)}`);
  }
  return { ...result, patches: summary.patches };
}

function report(name, value, limit, unit, detail) {
  const kept = value <= limit;
  lines.push(kept);
  const figures = `${value.toFixed(2)}${unit}`.padStart(10);
  console.log(`${kept ? 'ok  ' : 'FAIL'} ${name.padEnd(44)} ${figures}  (at most ${limit}${unit})  ${detail}`);
}

async function benchWire() {
  const size = { stacks: 40, resources: 1000 };
  const made = project(size);
  const best = await least('ratio', 5, async () => {
    const aws = await startSimulator(made.snapshot, LATENCY_MS);
    const result = await scan(made, size, ['--concurrency', String(CONCURRENCY)], aws.env);
    const { calls } = await aws.stats();
    const count = Object.values(calls).reduce((sum, each) => sum + each, 0);
    const alone = await callsAlone(aws.url, count, CONCURRENCY);
    aws.stop();
    return { ...result, count, alone, ratio: result.seconds / alone };
  });
  const { seconds, count, alone, ratio } = best;
  const ideal = (count * LATENCY_MS) / CONCURRENCY / 1000;
  const detail = `${seconds.toFixed(2)} s; the calls alone ${alone.toFixed(2)} s, in theory ${ideal.toFixed(2)} s`;
  report('scan of 1,000 resources / API calls alone', ratio, 1.5, 'x', detail);
  report('API calls a resource', count / size.resources, 1.15, '', `${count} calls, 40 stacks`);
}

async function benchStart() {
  const bare = await least('seconds', 7, () => runNode(['-e', '0']));
  const version = await least('seconds', 7, () => runNode([CLI, '--version']));
  const detail = `${(version.seconds * 1000).toFixed(0)} ms, ${(bare.seconds * 1000).toFixed(0)} ms`;
  report('--version / node -e 0', version.seconds / bare.seconds, 2.5, 'x', detail);
}

async function benchOffline() {
  const size = { stacks: 20, resources: 500 };
  const made = project(size);
  const best = await least('seconds', 3, () => scan(made, size, ['--snapshot', made.snapshot]));
  report('offline scan of 500 resources', best.seconds, 1, ' s', '');
}

/**
 * Over the wire, as people scan. Against a snapshot, which answers at once, is stricter than any scan of a cloud: that ratio
 * is told beside.
 */
async function benchPatch() {
  const size = { stacks: 40, resources: 1000, all: true };
  const made = project(size);
  const offline = await least('ratio', 3, () => patchRatio(made, size, ['--snapshot', made.snapshot]));
  const best = await least('ratio', 5, async () => {
    const aws = await startSimulator(made.snapshot, LATENCY_MS);
    const result = await patchRatio(made, size, ['--concurrency', String(CONCURRENCY)], aws.env);
    aws.stop();
    return result;
  });
  const { seconds, without, ratio } = best;
  const beside = `against a snapshot ${offline.ratio.toFixed(2)}x, ${offline.seconds.toFixed(2)} s`;
  const detail = `${seconds.toFixed(2)} s, without ${without.toFixed(2)} s; ${beside}`;
  report('1,000 drifted: scan --patch / --no-patch', ratio, 1.5, 'x', detail);
}

/** How much longer a scan takes that also proves an edit for each finding and writes them as a diff. */
async function patchRatio(made, size, args, env) {
  const without = await scan(made, size, [...args, '--no-patch'], env);
  const { seconds, patches } = await scan(made, size, [...args, '--patch', join(made.folder, 'drift.patch')], env);
  if (patches.patchable !== size.resources) throw new Error(`not all was patched: ${JSON.stringify(patches)}`);
  return { seconds, without: without.seconds, ratio: seconds / without.seconds };
}

async function benchMemory() {
  const size = { stacks: 100, resources: 10_000 };
  const made = project(size);
  const { memory, seconds } = await scan(made, size, ['--snapshot', made.snapshot]);
  report('memory for 10,000 resources', memory, 300, ' MB', `${seconds.toFixed(2)} s`);
}

function compile(project) {
  const [tsc, path] = ['../node_modules/typescript/bin/tsc', project].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  execFileSync(process.execPath, [tsc, '-p', path], { stdio: 'inherit' });
}

try {
  for (const project of ['../tsconfig.build.json', './tsconfig.json']) compile(project);
  await benchStart();
  await benchWire();
  await benchOffline();
  await benchPatch();
  await benchMemory();
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
if (lines.includes(false)) process.exitCode = 1;
