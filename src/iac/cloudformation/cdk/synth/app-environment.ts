import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../../../base/json.js';
import { objectIn, objectOf } from '../../../../base/json-members.js';

/** With fewer frames, a construct of a library can be made by lines of it alone. */
const FRAMES = 30;

/** What CDK's own command line asks for; without it nested templates are others than the deployed ones. */
const ASKED = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true };

/**
 * What an app is run with: the surroundings of this process, and what CDK's own command line would give it
 * (https://docs.aws.amazon.com/cdk/v2/guide/context.html), so that it can be run without that. Where the words are that
 * command line, it takes `CDK_OUTPUT` and its like for its options. Only where it is traced does an app say which lines make
 * constructs.
 */
export async function appEnvironment(
  directory: string,
  { out, isTraced }: { out: string; isTraced: boolean },
): Promise<NodeJS.ProcessEnv> {
  const { NODE_OPTIONS = '', ...inherited } = process.env;
  return {
    ...inherited,
    CDK_OUTDIR: out,
    CDK_OUTPUT: out,
    CDK_QUIET: 'true',
    CDK_LOOKUPS: 'false',
    CDK_NOTICES: 'false',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    ...(await contextFor(directory, out)),
    // It takes most of the time, and the templates are the same.
    CDK_VALIDATION: 'false',
    // Before 2.251 only debugging says where constructs are made.
    ...(isTraced ? { NODE_OPTIONS: withFrames(NODE_OPTIONS), CDK_DEBUG: '1' } : { NODE_OPTIONS }),
  };
}

/** Linux takes 128 KB for a variable; more of a context is read from a file that another one names. */
const MOST_BYTES = 100_000;

/** The context by a variable, or in a file of the output folder, which is none of the assembly's. */
async function contextFor(directory: string, out: string): Promise<NodeJS.ProcessEnv> {
  const context = JSON.stringify(await contextIn(directory));
  if (Buffer.byteLength(context) <= MOST_BYTES) return { CDK_CONTEXT_JSON: context };
  const file = join(out, 'context');
  await writeFile(file, context);
  return { CDK_CONTEXT_JSON: '{}', CONTEXT_OVERFLOW_LOCATION_ENV: file };
}

function withFrames(options: string): string {
  if (/--stack[-_]trace[-_]limit/.test(options)) return options;
  return `${options} --stack-trace-limit=${FRAMES}`.trim();
}

/** Of `cdk.json` and `cdk.context.json`, as far as they are there. */
async function contextIn(directory: string): Promise<JsonObject> {
  const [settings, looked] = await Promise.all([
    jsonIn(join(directory, 'cdk.json')),
    jsonIn(join(directory, 'cdk.context.json')),
  ]);
  return { ...objectIn(settings, 'context'), ...looked, ...ASKED };
}

/** What can't be read is for the app to complain of. */
async function jsonIn(file: string): Promise<JsonObject> {
  return objectOf(await readFile(file, 'utf8').catch(() => '')) ?? {};
}
