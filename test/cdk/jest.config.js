import base from '../../jest.config.js';

/** @type {import('jest').Config} */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/cdk'],
  testPathIgnorePatterns: [],
  // Each run of an app takes seconds, and edits that fail are looked for by halves.
  testTimeout: 1_200_000,
};
