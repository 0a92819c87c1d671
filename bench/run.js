/**
 * `npm run bench`: what the tool promises about speed, measured on this machine.
 * Exits 1 when a ratio (or a bound of memory) is not kept; seconds alone are told beside their goal and the time of a
 * calibration loop. The best of several runs counts: the others measure the machine's other work.
 * `npm run bench -- limit memory` measures only these.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCdkProjects } from './cdk-project.js';
import { calibrate, callsAlone, least, runNode, sdkCallsAlone, withSimulator } from './measure.js';
import { createProject } from './project.js';
import { createReport } from './report.js';
import { createSamProjects } from './sam-project.js';

const CLI = fileURLToPath(new URL('../bin/gitops-drift.js', import.meta.url));
const CONCURRENCY = 25;
const LATENCY_MS = 20;
/** What AWS takes of each API in each region of an account, as it was observed for Cloud Control. */
const PER_SECOND = 25;
const lines = [];
const folders = [];

function project(size) {
  const made = createProject(size);
  folders.push(made.folder);
  return made;
}

/** Checks that a scan did what it was to measure: all resources judged, and as many modified as have drifted. */
async function scan({ repository }, { stacks, resources, drifted = stacks }, args, env) {
  const result = await runNode([CLI, 'scan', repository, '--output', 'json', ...args], { env });
  if (result.code !== (drifted === 0 ? 0 : 1))
    throw new Error(`the scan ended with ${result.code}: ${result.stderr}${result.stdout.slice(0, 500)}`);
  const { summary } = JSON.parse(result.stdout);
  const { total, inSync, modified } = summary.resources;
  if (total !== resources || inSync !== resources - drifted || modified !== drifted) {
    throw new Error(`the scan found something else: ${JSON.stringify(summary.resources)}`);
  }
  return { ...result, patches: summary.patches };
}

/** How much longer a scan takes that also proves an edit for each finding and writes them as a diff. */
async function patchRatio(made, size, args, env) {
  const without = await scan(made, size, [...args, '--no-patch'], env);
  const { seconds, patches } = await scan(made, size, [...args, '--patch', join(made.folder, 'drift.patch')], env);
  if (patches.patchable !== size.resources) throw new Error(`not all was patched: ${JSON.stringify(patches)}`);
  return { seconds, without: without.seconds, ratio: seconds / without.seconds };
}

/** A scan over the wire, what the simulator counted of it, and how long as many calls take by themselves: bare, and through the SDK. */
function scanWire(made, size, limits = []) {
  return withSimulator({ snapshots: made.snapshots, latencyMs: LATENCY_MS, limits }, async (aws) => {
    const result = await scan(made, size, ['--concurrency', String(CONCURRENCY)], aws.env);
    const { calls, usage } = await aws.stats();
    const count = Object.values(calls).reduce((sum, each) => sum + each, 0);
    if (limits.length > 0) return { ...result, count, usage };
    const bare = await callsAlone(aws.url, count, CONCURRENCY);
    const sdk = await sdkCallsAlone(aws.env, count, CONCURRENCY);
    return { ...result, count, usage, bare, sdk, ratio: result.seconds / sdk };
  });
}

function scanOver(made, size) {
  return withSimulator({ snapshots: made.snapshots, latencyMs: LATENCY_MS, limits: [] }, (aws) =>
    scan(made, size, ['--concurrency', String(CONCURRENCY)], aws.env),
  );
}

/** How much longer a scan takes than one of plain templates of the same resources. */
async function besidePlain(name, made, plain, size) {
  const best = await least('ratio', 3, async () => {
    const [own, other] = [await scanOver(made, size), await scanOver(plain, size)];
    return { own, other, ratio: own.seconds / other.seconds };
  });
  const { own, other } = best;
  const times = `${own.seconds.toFixed(2)} s, ${own.cpu.toFixed(2)} s of CPU, plain ${other.seconds.toFixed(2)} s, ${other.cpu.toFixed(2)} s of CPU`;
  atMost(1.3, `${size.resources} resources of ${name} / plain templates`, best.ratio, 'x', times);
}

function atMost(limit, name, value, unit = '', detail = '') {
  print(value <= limit, name, value, unit, `at most ${limit}${unit}`, detail);
}

function atLeast(limit, name, value, unit = '', detail = '') {
  print(value >= limit, name, value, unit, `at least ${limit}${unit}`, detail);
}

/** What is aimed at and not reached: the AWS SDK alone takes most of it. It fails nothing. */
function aim(goal, name, value, unit, detail) {
  row(value <= goal ? 'told' : 'over', name, value, unit, `goal ${goal}${unit}`, detail);
}

/** Seconds are another figure on another machine: they are told, and fail nothing. */
function tell(goal, name, seconds, detail = '') {
  const beside = `${(seconds / calibration.seconds).toFixed(1)} times the calibration loop`;
  row(
    seconds <= goal ? 'told' : 'over',
    name,
    seconds,
    ' s',
    `goal ${goal} s`,
    [beside, detail].filter(Boolean).join('; '),
  );
}

function print(kept, name, value, unit, promise, detail) {
  lines.push(kept);
  row(kept ? 'ok  ' : 'FAIL', name, value, unit, promise, detail);
}

function row(mark, name, value, unit, promise, detail) {
  const figures = `${value.toFixed(2)}${unit}`.padStart(10);
  console.log(`${mark} ${name.padEnd(48)} ${figures}  (${promise})  ${detail}`);
}

const BENCHES = {
  async start() {
    // By turns, so that the machine's other work is beside both.
    const [bare, version] = [{ seconds: Number.POSITIVE_INFINITY }, { seconds: Number.POSITIVE_INFINITY }];
    for (let turn = 0; turn < 15; turn += 1) {
      bare.seconds = Math.min(bare.seconds, (await runNode(['-e', '0'])).seconds);
      version.seconds = Math.min(version.seconds, (await runNode([CLI, '--version'])).seconds);
    }
    const detail = `${(version.seconds * 1000).toFixed(0)} ms, ${(bare.seconds * 1000).toFixed(0)} ms`;
    atMost(1.6, '--version / node -e 0', version.seconds / bare.seconds, 'x', detail);
  },

  /** With patches on, as they are unless somebody turns them off. */
  async wire() {
    const size = { stacks: 40, resources: 1000 };
    const cases = [
      { limit: 2.3, goal: 1.5, drifted: 20, name: '2 % drifted' },
      { limit: 2.6, goal: 1.7, drifted: 40, name: 'each stack drifted' },
    ];
    for (const { limit, goal, drifted, name } of cases) {
      const each = { ...size, drifted };
      const made = project(each);
      const best = await least('ratio', 5, () => scanWire(made, each));
      const ideal = (best.count * LATENCY_MS) / CONCURRENCY / 1000;
      const times = `${best.seconds.toFixed(2)} s, ${best.cpu.toFixed(2)} s of CPU, the SDK alone ${best.sdk.toFixed(2)} s`;
      atMost(limit, `1,000 resources, ${name} / calls by the SDK`, best.ratio, 'x', times);
      const bare = `${best.bare.toFixed(2)} s, in theory ${ideal.toFixed(2)} s; the SDK's calls ${(best.sdk / best.bare).toFixed(2)}x`;
      aim(goal, `1,000 resources, ${name} / bare calls`, best.seconds / best.bare, 'x', bare);
      atMost(1.15, 'API calls a resource', best.count / size.resources, '', `${best.count} calls, 40 stacks`);
    }
    const clean = { stacks: 20, resources: 500, drifted: 0 };
    const made = project(clean);
    const best = await least('cpu', 3, () => scanWire(made, clean));
    tell(1.8, 'CPU of a scan of 500 clean resources', best.cpu, `${best.seconds.toFixed(2)} s in all`);
  },

  async estate() {
    const size = { stacks: 200, resources: 5000, accounts: 4, regions: 3 };
    const made = project(size);
    const free = await least('ratio', 2, () => scanWire(made, size));
    const places = size.accounts * size.regions;
    const detail = `${free.count} calls, 200 stacks in ${places} regions of accounts`;
    atMost(1.15, 'estate of 5,000: API calls a resource', free.count / size.resources, '', detail);
    atMost(2.3, 'estate of 5,000 / calls by the SDK', free.ratio, 'x', `${free.seconds.toFixed(2)} s`);
    aim(1.5, 'estate of 5,000 / bare calls', free.seconds / free.bare, 'x', `${free.bare.toFixed(2)} s`);
    const limited = await scanWire(made, size, [{ perSecond: PER_SECOND }]);
    // Of what the fullest region of an account has, all but the burst takes its time.
    const ideal = Math.max(...limited.usage.map(({ taken }) => taken)) / PER_SECOND - 1;
    const text = `${limited.seconds.toFixed(2)} s; ${PER_SECOND} a second for each region of an account: ${ideal.toFixed(2)} s`;
    atMost(1.3, 'estate of 5,000, limited / ideal', limited.seconds / ideal, 'x', text);
  },

  /** The same resources, once as SAM templates and once as the plain templates that these are made to. */
  async sam() {
    const size = { stacks: 25, resources: 500, drifted: 0 };
    const { folder, sam, plain } = createSamProjects(size);
    folders.push(folder);
    await besidePlain('SAM', sam, plain, size);
  },

  /** The same resources, once as an app of CDK with its cloud assembly and once as plain templates of the same texts. */
  async cdk() {
    const size = { stacks: 5, resources: 500, drifted: 0 };
    const { folder, cdk, plain } = createCdkProjects(size);
    folders.push(folder);
    await besidePlain('CDK', cdk, plain, size);
  },

  async limit() {
    const size = { stacks: 30, resources: 1500 };
    const { usage, seconds } = await scanWire(project(size), size, [{ perSecond: PER_SECOND }]);
    const { taken, throttled, allowed } = usage.find(({ operation }) => operation === 'GetResource');
    const detail = `${taken} of ${allowed.toFixed(0)} calls in ${seconds.toFixed(1)} s at ${PER_SECOND} a second`;
    atLeast(95, 'share of the limit that is used', (100 * taken) / allowed, '%', detail);
    atMost(3, 'share of calls throttled', (100 * throttled) / (taken + throttled), '%', `${throttled} calls`);
  },

  async offline() {
    const size = { stacks: 20, resources: 500 };
    const made = project(size);
    const best = await least('seconds', 3, () => scan(made, size, ['--snapshot', ...made.snapshots]));
    tell(1, 'offline scan of 500 resources', best.seconds, `${best.cpu.toFixed(2)} s of CPU`);
  },

  /**
   * Over the wire, as people scan. Against a snapshot, which answers at once, is stricter than any scan of a cloud: that
   * ratio is told beside.
   */
  async patch() {
    const size = { stacks: 40, resources: 1000, drifted: 1000 };
    const made = project(size);
    const offline = await least('ratio', 3, () => patchRatio(made, size, ['--snapshot', ...made.snapshots]));
    const best = await least('ratio', 5, () =>
      withSimulator({ snapshots: made.snapshots, latencyMs: LATENCY_MS, limits: [] }, (aws) =>
        patchRatio(made, size, ['--concurrency', String(CONCURRENCY)], aws.env),
      ),
    );
    const { seconds, without, ratio } = best;
    const beside = `against a snapshot ${offline.ratio.toFixed(2)}x, ${offline.seconds.toFixed(2)} s`;
    const detail = `${seconds.toFixed(2)} s, without ${without.toFixed(2)} s; ${beside}`;
    atMost(1.5, '1,000 drifted: scan --patch / --no-patch', ratio, 'x', detail);
  },

  async memory() {
    const [small, large] = [10_000, 50_000].map((resources) => ({ stacks: resources / 100, resources }));
    const made = project(large);
    const few = project(small);
    const first = await least('cpu', 2, () => scan(few, small, ['--snapshot', ...few.snapshots]));
    const second = await scan(made, large, ['--snapshot', ...made.snapshots]);
    atMost(300, 'memory for 10,000 resources', first.memory, ' MB', `${first.seconds.toFixed(2)} s`);
    atMost(500, 'memory for 50,000 resources', second.memory, ' MB', `${second.seconds.toFixed(2)} s`);
    // By CPU, since the machine's other work is not the same in both runs.
    const times = `${second.cpu.toFixed(2)} s, ${first.cpu.toFixed(2)} s of CPU`;
    atMost(1.2, 'time a resource, 50,000 / 10,000', second.cpu / first.cpu / 5, 'x', times);
  },

  /** Beside what the same scan takes without one, with as many undeclared values as real resources have at most. */
  async baseline() {
    const size = { stacks: 100, resources: 10_000, drifted: 0, undeclared: 10 };
    const made = project(size);
    const args = ['--snapshot', ...made.snapshots];
    const without = await least('cpu', 2, () => scan(made, size, args));
    const file = join(made.repository, '.gitops-drift/baseline.json');
    const { code, stderr, cpu } = await least('cpu', 2, () => runNode([CLI, 'baseline', made.repository, ...args]));
    if (code !== 0) throw new Error(`the baseline ended with ${code}: ${stderr}`);
    const beside = await least('cpu', 2, () => scan(made, size, args));
    atMost(20, 'baseline of 10,000 resources', statSync(file).size / 1e6, ' MB', `${size.undeclared} values each`);
    const { seconds, values } = await least('seconds', 3, () => readAndWrite(file));
    const times = `${seconds.toFixed(2)} s for ${values} values; the scan ${without.cpu.toFixed(2)} s of CPU`;
    atMost(0.5, 'baseline read and written / scan without', seconds / without.cpu, 'x', times);
    atMost(2, 'scan beside a baseline / without', beside.cpu / without.cpu, 'x', `${beside.cpu.toFixed(2)} s of CPU`);
    atMost(2, 'gitops-drift baseline / scan without', cpu / without.cpu, 'x', `${cpu.toFixed(2)} s of CPU`);
  },

  /** Reading the report and holding it to its schema is in the time, too. */
  async formats() {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    folders.push(folder);
    const report = join(folder, 'report.json');
    writeFileSync(report, JSON.stringify(createReport(5000)));
    const { formatNames } = await import('../dist/report/formats.js');
    for (const format of formatNames) {
      const file = join(folder, `drift.${format}`);
      const best = await least('seconds', 3, () => runNode([CLI, 'report', report, '--output', `${format}=${file}`]));
      if (best.code !== 1) throw new Error(`no report as ${format}: ${best.stderr}`);
      const times = `${best.seconds.toFixed(2)} s, ${best.cpu.toFixed(2)} s of CPU`;
      const detail = `${times}, ${(statSync(file).size / 1e6).toFixed(1)} MB`;
      atMost(20, `5,000 findings as ${format} / calibration`, best.seconds / calibration.seconds, 'x', detail);
      atMost(300, `memory for 5,000 findings as ${format}`, best.memory, ' MB');
    }
  },
};

async function readAndWrite(path) {
  const { readBaseline } = await import('../dist/baseline/read.js');
  const { baselineText } = await import('../dist/baseline/write.js');
  const started = performance.now();
  const text = readFileSync(path, 'utf8');
  const baseline = await readBaseline({ path, text });
  if (baselineText(baseline) !== text) throw new Error('a baseline that is read and written is another one');
  const values = [...baseline.entries.values()].reduce((sum, entry) => sum + entry.values.size, 0);
  return { seconds: (performance.now() - started) / 1000, values };
}

function runScript(name, ...args) {
  const script = fileURLToPath(new URL(name, import.meta.url));
  execFileSync(process.execPath, [script, ...args], { stdio: 'inherit' });
}

const calibration = await least('seconds', 9, calibrate);
console.log(`     calibration loop: ${(calibration.seconds * 1000).toFixed(0)} ms`);
const names = process.argv.slice(2);
const unknown = names.find((name) => BENCHES[name] === undefined);
if (unknown !== undefined) throw new Error(`there is no ${unknown}: ${Object.keys(BENCHES).join(', ')}`);
try {
  runScript('../scripts/build.js');
  runScript('../node_modules/typescript/bin/tsc', '-p', fileURLToPath(new URL('./tsconfig.json', import.meta.url)));
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) await BENCHES[name]();
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
if (lines.includes(false)) process.exitCode = 1;
