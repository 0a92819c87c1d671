import { TestEnvironment } from 'jest-environment-node';
import { restoreProcess, share } from '../built/realm.js';
import { launchGit } from './git-launcher.js';
import { createLauncher } from './launcher.js';
import './rarely-optimise.js';
import { createRunner } from './runner.js';

/** One for all test files of a worker: what is loaded once serves them all. */
const runner = createRunner();
process.once('beforeExit', runner.end);
launchGit();
/** Without named pipes, tests start programs themselves. */
const launch = process.platform === 'win32' ? undefined : createLauncher();

/**
 * Jest's environment of Node, whose global `runWarm` runs the project's programs in a process that has loaded them, and
 * `launch` any program from a small process. The project's own modules are those that Node has loaded (`../built`).
 */
export default class WarmEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.runWarm = runner.run;
    this.global.launch = launch;
    share(this.global);
  }

  async teardown() {
    runner.abandon();
    restoreProcess();
    await super.teardown();
  }
}
