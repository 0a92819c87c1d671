import { TestEnvironment } from 'jest-environment-node';
import './rarely-optimise.js';
import { createRunner } from './runner.js';

/** One for all test files of a worker: what is loaded once serves them all. */
const runner = createRunner();
process.once('beforeExit', runner.end);

/** Jest's environment of Node, whose global `runWarm` runs the project's programs in a process that has loaded them. */
export default class WarmEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.runWarm = runner.run;
  }

  async teardown() {
    runner.abandon();
    await super.teardown();
  }
}
