import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const CALIBRATION_STEPS = 68_000_000;
const USAGE_HOOK = new URL('./report-usage.js', import.meta.url).href;

/** Runs a Node process to its end. Gives seconds (all, and of CPU), exit code, output and the largest resident size in MB. */
export async function runNode(args, { env = {}, cwd } = {}) {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', USAGE_HOOK, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [stdout, stderr, usage, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    text(child.stdio[3]),
    once(child, 'close'),
  ]);
  return { seconds: (performance.now() - started) / 1000, code, stdout, stderr, ...JSON.parse(usage) };
}

/** Seconds of a fixed piece of work, a tenth of a second where the promises were made: how fast this machine is now. */
export function calibrate() {
  const started = performance.now();
  let state = 1;
  for (let count = 0; count < CALIBRATION_STEPS; count += 1) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  if (state === 0) throw new Error('the calibration loop must end elsewhere');
  return { seconds: (performance.now() - started) / 1000 };
}

/** Of several runs the one with the least of a figure. */
export async function least(figure, times, run) {
  let best;
  for (let count = 0; count < times; count += 1) {
    const result = await run();
    if (best === undefined || result[figure] < best[figure]) best = result;
  }
  return best;
}

/** Runs the simulator in a process of its own, with its options and the recorded `snapshots` of its accounts. */
export async function withSimulator(options, run) {
  const child = fork(fileURLToPath(new URL('./simulator.js', import.meta.url)), [JSON.stringify(options)]);
  const [{ url, env }] = await once(child, 'message');
  async function stats() {
    child.send('stats');
    const [counted] = await once(child, 'message');
    return counted;
  }
  try {
    return await run({ url, env, stats });
  } finally {
    child.disconnect();
  }
}

/** Seconds that `count` API calls take through the AWS SDK, `concurrency` at a time, loading it included. */
export async function sdkCallsAlone(env, count, concurrency) {
  const script = fileURLToPath(new URL('./sdk-calls.js', import.meta.url));
  const { code, stderr, seconds } = await runNode([script, String(count), String(concurrency)], { env });
  if (code !== 0) throw new Error(`the calls through the SDK failed: ${stderr}`);
  return seconds;
}

/** Seconds that `count` API calls take by themselves, `concurrency` at a time, without any SDK. */
export async function callsAlone(url, count, concurrency) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const scope = 'Credential=AKIABENCH/20260101/eu-west-1/cloudformation/aws4_request';
  let left = count;

  async function work() {
    while (left > 0) {
      left -= 1;
      const call = request(url, { method: 'POST', agent, headers: { authorization: scope } });
      call.end('Action=DescribeStacks&StackName=bench-0');
      const [response] = await once(call, 'response');
      await text(response);
    }
  }

  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, work));
  agent.destroy();
  return (performance.now() - started) / 1000;
}
