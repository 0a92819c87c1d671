import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('child.js', import.meta.url));
const HOME = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Runs the project's programs, one after the other, in a process that has loaded them already and ends with this one.
 * Each run has its own arguments, environment, working directory, output and exit code, as in a process of its own.
 */
export function createRunner() {
  let warm;
  let last = Promise.resolve();
  return {
    /** Resolves to `{ exitCode, stdout, stderr }`; rejects where the process comes to an end, which another replaces. */
    run(request) {
      const result = last.then(() => {
        if (warm === undefined || warm.hasEnded()) warm = startWarm();
        return warm.run(request);
      });
      last = result.catch(() => undefined);
      return result;
    },
    /** Gives up what nobody waits for any more, as after a test that took too long. */
    abandon() {
      if (warm?.isBusy()) warm.kill();
    },
    /** Lets the process go, and waits for it. */
    end() {
      warm?.end();
    },
  };
}

function startWarm() {
  const child = fork(CHILD, { cwd: HOME, execArgv: [], env: {}, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let current;
  let ended = false;

  /** Whether this process waits for the child. */
  function hold(isHeld) {
    for (const each of [child, child.channel, child.stdout, child.stderr]) isHeld ? each?.ref() : each?.unref();
  }

  /** The end of a run stands in its output, since pipes and the channel keep no order among themselves. */
  function finish() {
    const { end, output, resolve } = current;
    const parts = [output.stdout, output.stderr].map((text) => {
      const at = text.lastIndexOf(end);
      return at === -1 || !text.endsWith('\n') ? undefined : [text.slice(0, at), text.slice(at + end.length)];
    });
    const [stdout, stderr] = parts;
    if (stdout === undefined || stderr === undefined) return;
    current = undefined;
    hold(false);
    resolve({ exitCode: Number(stdout[1]), stdout: stdout[0], stderr: stderr[0] });
  }

  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      current.output[name] += text;
      finish();
    });
  }
  child.once('close', (code, signal) => {
    ended = true;
    const { stdout, stderr } = current?.output ?? {};
    current?.reject(new Error(`the warm process has ended (${signal ?? code})\n${stdout}${stderr}`));
  });
  hold(false);

  return {
    hasEnded: () => ended,
    isBusy: () => current !== undefined,
    kill: () => child.kill('SIGKILL'),
    end() {
      hold(true);
      if (child.connected) child.disconnect();
    },
    run: (request) =>
      new Promise((resolve, reject) => {
        current = { end: `\0${randomUUID()} `, output: { stdout: '', stderr: '' }, resolve, reject };
        hold(true);
        child.send({ ...request, end: current.end });
      }),
  };
}
