/** Node's own of what a test may ask `instanceof` for; what is written as a literal has the realm of its test, whatever this says. */
const SHARED = { process, JSON, Date, Map, Set, Error, AggregateError, RangeError, SyntaxError, TypeError };
const { env } = process;
const variables = { ...env };

/** Gives a test file's global the built modules, and what they have in common with it. */
export function share(global) {
  Object.assign(global, SHARED, { importBuilt: (url) => import(url) });
}

/** Takes back what a test file has changed of the process. */
export function restoreProcess() {
  process.env = env;
  for (const name of Object.keys(env)) if (!Object.hasOwn(variables, name)) delete env[name];
  Object.assign(env, variables);
}
