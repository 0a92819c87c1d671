import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The project may itself be in a folder that is called `src`. */
const SOURCES = fileURLToPath(new URL('src/', import.meta.url)).replaceAll(/[^\w/]/g, '\\$&');
/** Makes of a source what hands on the built module. */
export const BUILT = '<rootDir>/test/support/built/transformer.js';

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/support/warm/environment.js',
  // Processes, back-off and thousands of cases; what is fast is measured in bench/.
  testTimeout: 120_000,
  // More than cores: while a test waits, for an answer that is late on purpose or for another process, another has its core.
  maxWorkers: availableParallelism() + 4,
  // Node 20 keeps the modules of all test files until a worker ends; looking through them takes more and more of its time.
  workerIdleMemoryLimit: '600MB',
  testSequencer: '<rootDir>/test/support/slowest-first.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Those need moto_server, aws-cdk-lib and chromium: npm run test:moto, npm run test:cdk, npm run test:browser.
  testPathIgnorePatterns: ['<rootDir>/test/moto/', '<rootDir>/test/cdk/', '<rootDir>/test/browser/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    [`^${SOURCES}.+\\.ts$`]: BUILT,
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
};
