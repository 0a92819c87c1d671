/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/support/warm/environment.js',
  // Processes, back-off and thousands of cases; what is fast is measured in bench/.
  testTimeout: 120_000,
  // All cores: most tests wait for processes of the command line.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/test/support/slowest-first.js',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Those need moto_server and chromium: npm run test:moto, npm run test:browser.
  testPathIgnorePatterns: ['<rootDir>/test/moto/', '<rootDir>/test/browser/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
};
