import childProcess, { fork } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('../../../bin/launch-git.js', import.meta.url));
const { execFile } = childProcess;

/**
 * Has Git, as `src/git/process.ts` runs it, started by a small process: what starting one takes hangs on the memory of the
 * process that starts it, and a worker of Jest, and a process that has loaded the command line, hold hundreds of MB.
 */
export function launchGit() {
  const launcher = createLauncher();
  childProcess.execFile = Object.assign((file, args, options, callback) => {
    const isOurs = file === 'git' && options?.windowsHide === true && typeof callback === 'function';
    if (!isOurs) return execFile(file, args, options, callback);
    const end = (stdin) => launcher.run({ args, env: { ...options.env }, cwd: process.cwd(), stdin }, callback);
    const stdin = { on: () => stdin, end };
    return { stdin };
  }, execFile);
  syncBuiltinESMExports();
}

function createLauncher() {
  const waiting = new Map();
  let child;
  let last = 0;

  function open() {
    child = fork(CHILD, { env: {}, execArgv: [], stdio: 'ignore' });
    child.on('message', ({ id, error, stdout, stderr }) => {
      const callback = waiting.get(id);
      waiting.delete(id);
      hold();
      callback(error ?? null, stdout, stderr);
    });
    child.on('exit', () => {
      child = undefined;
      for (const callback of waiting.values()) callback(new Error('the process that starts Git has ended'), '', '');
      waiting.clear();
    });
    child.unref();
  }

  /** This process waits for the answers alone. */
  function hold() {
    if (waiting.size > 0) child?.channel?.ref();
    else child?.channel?.unref();
  }

  return {
    run(request, callback) {
      if (child === undefined) open();
      last += 1;
      waiting.set(last, callback);
      hold();
      child.send({ id: last, ...request });
    },
  };
}
