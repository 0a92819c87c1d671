export { DriftError, describeProblem } from './errors.js';
