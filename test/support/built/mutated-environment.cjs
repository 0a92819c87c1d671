const { TestEnvironment } = require('jest-environment-node');

/**
 * The environment of `scripts/mutate.js`, which Stryker extends: the built modules see by its global which mutant is on, and
 * note there what a test covers.
 */
module.exports = class MutatedEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    globalThis.__stryker__ = this.global.__stryker__ ?? {};
    globalThis.__stryker__.activeMutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    const { share } = await import('./realm.js');
    share(this.global);
  }
};
