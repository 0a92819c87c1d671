// Stryker's plugin for Jest, which says that what it has loaded stays loaded: a mutant of what a module does when it is
// loaded needs another process, since Node loads the built modules once.
import { strykerPlugins as plugins, strykerValidationSchema } from '@stryker-mutator/jest-runner';

const [jest] = plugins;

function createRunner(injector) {
  const runner = jest.factory(injector);
  return Object.assign(runner, { capabilities: () => ({ reloadEnvironment: false }) });
}
createRunner.inject = jest.factory.inject;

export const strykerPlugins = [{ ...jest, name: 'built', factory: createRunner }];
export { strykerValidationSchema };
