// A process that loads the command line once, and runs it again and again as `runner.js` says.
import { setTimeout } from 'node:timers/promises';
import { launchGit } from './git-launcher.js';
import './rarely-optimise.js';

launchGit();

const HOME = process.cwd();
/** What a process without anything under way has: its channel, stdout and stderr. */
const IDLE = 3;
/** A process that has not ended by then never does. */
const MS_TO_END = 30_000;

const PROGRAMS = {
  'gitops-drift': async (args) => (await import('../../../dist/bundle/cli.js')).main(args),
  'gitops-drift-ci': async (args) => (await import('../../../dist/bundle/ci.js')).ciMain(args, process.env),
};

process.on('disconnect', () => process.exit());
process.on('message', async ({ program, script, args, cwd, env, end }) => {
  process.argv = [process.execPath, script, ...args];
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.exitCode = undefined;
  const returned = await PROGRAMS[program](args);
  await untilIdle();
  // A program may leave them: they end with its process.
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
  process.stdout.removeAllListeners('error');
  // The folder may be gone soon.
  process.chdir(HOME);
  const exitCode = process.exitCode ?? returned;
  for (const stream of [process.stdout, process.stderr]) stream.write(`${end}${exitCode}\n`);
});

/** A process ends when nothing is under way any more; one that never gets there is a defect, here too. */
async function untilIdle() {
  const last = Date.now() + MS_TO_END;
  while (process.getActiveResourcesInfo().length > IDLE) {
    if (Date.now() > last) throw new Error(`it never ends, because of: ${process.getActiveResourcesInfo()}`);
    await setTimeout(1);
  }
}
