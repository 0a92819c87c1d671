const { TestEnvironment } = require('jest-environment-node');

globalThis.__stryker__ ??= {};

/** The environment of `scripts/mutate.js`, which Stryker extends: the built modules see by its global which mutant is on. */
module.exports = class MutatedEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    globalThis.__stryker__.activeMutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    const { share } = await import('./realm.js');
    share(this.global);
  }
};
