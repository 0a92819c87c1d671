import type { Problem } from '../../../base/errors.js';
import { someOf } from '../../../base/some-of.js';

/** How to get the lines that an assembly lacks; `hasTraces`: whether it has any. */
export function noLine(out: string, hasTraces: boolean): Problem {
  const message = `the cloud assembly in ${out} does not say which line created some of the resources that were found`;
  const hint = hasTraces
    ? 'synthesise with more of the call stack: NODE_OPTIONS=--stack-trace-limit=30 npx cdk synth'
    : 'synthesise with aws-cdk-lib 2.251 or newer, or with CDK_DEBUG=1, and with NODE_OPTIONS=--stack-trace-limit=30';
  return { code: 'cdk-no-line', message, hint };
}

/** That an assembly is older than its app. */
export function stale(out: string, newer: readonly string[]): Problem {
  const message = `the cloud assembly in ${out} is older than ${someOf(newer, 1)}`;
  return { code: 'cdk-stale', message, hint: 'run cdk synth again: what is compared may not be what the app says' };
}

/** That an assembly is not what is deployed. */
export function notAsDeployed(out: string): Problem {
  const message = `the cloud assembly in ${out} is other than what is deployed`;
  const hint =
    'to see drift alone, synthesise the commit that is deployed; what is not deployed yet is told as undeployed';
  return { code: 'cdk-not-as-deployed', message, hint };
}

/** Why no edit is written, and what to write instead. `construct`: which one made the resource. */
export function noPatch(construct: string | undefined, path: readonly string[]): string {
  const made = construct === undefined ? 'the code of the app' : `the construct ${construct}`;
  if (path.length === 0) return `CDK makes the template: change ${made}`;
  const dotted = path.map((key) => key.replaceAll('\\', '\\\\').replaceAll('.', '\\.')).join('.');
  return `CDK makes the template: change what ${made} is given for ${path.join('.')}, or call addPropertyOverride(${JSON.stringify(dotted)}, …) on its Cfn resource`;
}
