import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { receive, send } from './frames.js';

const CHILD = fileURLToPath(new URL('launch.js', import.meta.url));

/**
 * Runs programs to their end from a small process, started when it is first asked for one, that ends with this one. To
 * start one takes time by the memory of the process that starts it: a worker of Jest that holds 300 MB takes ten times
 * as long as a small one, and tests start thousands.
 */
export function createLauncher() {
  let pipes;
  return function launch(request) {
    pipes ??= open();
    send(pipes.requests, request);
    const answer = receive(pipes.answers);
    if (answer === undefined) throw new Error('the process that starts others has ended');
    return answer;
  };
}

/** Pipes that have names, since what Node connects processes by can't be waited for. */
function open() {
  const folder = mkdtempSync(join(tmpdir(), 'gitops-drift-launcher-'));
  const [requests, answers] = ['requests', 'answers'].map((name) => join(folder, name));
  try {
    execFileSync('mkfifo', [requests, answers]);
    spawn(process.execPath, [CHILD, requests, answers], { env: {}, stdio: 'ignore' }).unref();
    // Each waits for the other end to be opened.
    return { requests: openSync(requests, 'w'), answers: openSync(answers, 'r') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
