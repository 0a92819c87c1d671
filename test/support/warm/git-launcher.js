import childProcess, { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('../../../bin/launch-git.js', import.meta.url));
const { execFile, spawn } = childProcess;

/**
 * Has Git, as `src/git/process.ts` and simple-git run it, started by a small process: what starting one takes hangs on the
 * memory of the process that starts it, and a worker of Jest, and a process that has loaded the command line, hold hundreds
 * of MB.
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
  childProcess.spawn = (file, args, options) => {
    // Of ours, those that talk through pipes leave the folder out.
    const isSimple = file === 'git' && options?.windowsHide === true && options.cwd !== undefined;
    if (!isSimple) return spawn(file, args, options);
    const child = new EventEmitter();
    const streams = { stdout: new EventEmitter(), stderr: new EventEmitter() };
    launcher.run({ args, env: { ...options.env }, cwd: options.cwd, stdin: '' }, (error, stdout, stderr) => {
      for (const [name, text] of Object.entries({ stdout, stderr }))
        if (text !== '') streams[name].emit('data', Buffer.from(text));
      if (typeof (error?.code ?? 0) !== 'number') child.emit('error', error);
      for (const event of ['exit', 'close']) child.emit(event, error === null ? 0 : Number(error.code) || -2);
    });
    return Object.assign(child, streams);
  };
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
