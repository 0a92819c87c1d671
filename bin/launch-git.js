/**
 * Runs Git commands for `src/git/launcher.ts`, which sends `{ id, args, env, cwd?, stdin? }` and gets
 * `{ id, error?, stdout, stderr }`.
 * A small process starts others quickly; one that holds a scan takes ten times as long, since its memory is to be mapped.
 */
import { execFile } from 'node:child_process';

process.on('message', ({ id, args, env, cwd, stdin }) => {
  const options = { env, cwd, maxBuffer: Number.POSITIVE_INFINITY, windowsHide: true };
  const child = execFile('git', args, options, (error, stdout, stderr) => {
    const failed = error === null ? {} : { error: { code: error.code, message: error.message } };
    if (process.connected) process.send({ id, ...failed, stdout, stderr });
  });
  child.stdin.on('error', () => undefined).end(stdin);
});
process.on('disconnect', () => process.exit());
