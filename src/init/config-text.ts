import { posix } from 'node:path';
import { clean } from '../base/clean.js';
import type { SuggestedContent, SuggestedStack } from '../iac/suggestions.js';
import type { StackPattern } from './patterns.js';

/** What a configuration is written from. */
export interface Suggestions extends SuggestedContent {
  provider: string;
  /** A path in the repository. */
  snapshot: string | undefined;
  /** Whether there is one that no configuration can name. */
  needsSnapshot: boolean;
  /** Where stacks were looked for. */
  regions: readonly string[];
}

/** The entries of `stacks:`. */
interface Entries {
  patterns: readonly StackPattern[];
  others: readonly SuggestedStack[];
}

/**
 * The text of a `gitops-drift.yaml`: each stack, or pattern of several, with how sure its match is, what is left over as
 * comments. Paths are written relative to `folder`.
 */
export function configText(suggestions: Suggestions, folder: string, { patterns, others }: Entries): string {
  const { provider, snapshot, needsSnapshot, regions, apps, leftovers, templates, nested } = suggestions;
  const path = (each: string) => scalar(posix.relative(folder, each));
  return [
    '# Which stack is deployed from which template; found by "gitops-drift init". Check what is not sure, then keep it.',
    ...(snapshot === undefined && !needsSnapshot ? [lookedIn(regions)] : []),
    'version: 1',
    `provider: ${scalar(provider)}`,
    ...(needsSnapshot ? ['# The snapshot is not in this repository: name it with --snapshot in each scan.'] : []),
    ...(snapshot === undefined ? [] : [`snapshot: ${path(snapshot)}`]),
    ...(apps.length === 0
      ? []
      : ['', '# The stacks of CDK, with their accounts and regions, are those of its cloud assembly.', 'cdk:']),
    ...(apps.length === 1 ? [`  out: ${apps.map(path).join('')}`] : apps.map((app) => `  - out: ${path(app)}`)),
    ...(patterns.length + others.length === 0 ? [] : ['', 'stacks:']),
    ...patterns.flatMap((pattern) => patternLines(pattern, path)),
    ...others.flatMap((stack) => stackLines(stack, path)),
    ...(templates.length === 0 ? [] : ['', '# No deployed stack was found for these templates:']),
    ...templates.flatMap((each) => [`#  - name: ?`, `#    template: ${clean(path(each))}`]),
    ...(nested.length === 0 ? [] : ['', '# Scanned with the stacks that they are nested in:']),
    ...nested.map((each) => clean(`#  ${path(each.path)}: nested in ${each.parents.map(path).join(', ')}`)),
    ...(leftovers.length === 0 ? [] : ['', ...leftovers.map((text) => `# ${clean(text)}`)]),
    '',
    '# Differences that are meant to be, each with its reason:',
    '# ignore:',
    '#  - type: AWS::ECS::Service',
    '#    path: /DesiredCount',
    '#    reason: autoscaling owns it',
    '',
  ].join('\n');
}

function lookedIn(regions: readonly string[]): string {
  return `# Stacks were looked for in ${clean(regions.join(', '))}; --region names other regions.`;
}

function stackLines(stack: SuggestedStack, path: (path: string) => string): string[] {
  const { certainty, remarks } = stack;
  return [
    `  # ${certainty.level}: ${clean(certainty.why)}`,
    ...remarks.map((remark) => `  # ${clean(remark)}`),
    ...entryLines(stack, path),
  ];
}

/** What an entry says of one stack and of several. */
function entryLines(entry: SuggestedStack | StackPattern, path: (path: string) => string): string[] {
  const { name, template, region, account, parametersFile, parameters = new Map<string, string>() } = entry;
  return [
    `  - name: ${scalar(name)}`,
    `    template: ${path(template)}`,
    `    region: ${scalar(region)}`,
    ...(account === undefined ? [] : [`    account: ${JSON.stringify(account)}`]),
    ...(parametersFile === undefined ? [] : [`    parametersFile: ${path(parametersFile)}`]),
    ...(parameters.size === 0 ? [] : ['    parameters:']),
    ...[...parameters].map(([key, value]) => `      ${scalar(key)}: ${JSON.stringify(value)}`),
  ];
}

/** More are not named. */
const NAMED = 3;

function patternLines(pattern: StackPattern, path: (path: string) => string): string[] {
  const { lists, except, stacks } = pattern;
  return [
    ...certaintyLines(stacks),
    ...entryLines(pattern, path),
    '    for:',
    ...[...lists].flatMap(([key, values]) => listLines(`      ${key}: [`, values.map(scalar))),
    ...(except.length === 0 ? [] : listLines('    except: [', except.map(combination))),
  ];
}

function combination(values: ReadonlyMap<string, string>): string {
  return `{ ${[...values].map(([key, value]) => `${key}: ${scalar(value)}`).join(', ')} }`;
}

const WIDTH = 120;

/** A list in brackets, in as few lines as it takes. */
function listLines(start: string, items: readonly string[]): string[] {
  const lines: string[] = [];
  let line = start;
  for (const [index, item] of items.entries()) {
    const text = index === items.length - 1 ? `${item}]` : `${item},`;
    if (line !== start && line.length + text.length >= WIDTH) {
      lines.push(line);
      line = `        ${text}`;
    } else line = line === start ? `${line}${text}` : `${line} ${text}`;
  }
  return [...lines, line];
}

/** How sure the matches of several stacks are; what is not sure, and what is to be decided, by name. */
function certaintyLines(stacks: readonly SuggestedStack[]): string[] {
  const told = (level: string, lines: readonly string[]) => [
    ...lines.slice(0, NAMED).map((line) => `  # ${level}${clean(line)}`),
    ...(lines.length > NAMED ? [`  # ${level}${lines.length - NAMED} more`] : []),
  ];
  const levels = ['sure', 'likely', 'unsure'].map((level) =>
    stacks.filter(({ certainty }) => certainty.level === level),
  );
  const [sure = [], ...others] = levels;
  const [first] = sure;
  return [
    ...(first === undefined
      ? []
      : [`  # sure: ${sure.length} of ${stacks.length} stacks, as ${first.name}: ${clean(first.certainty.why)}`]),
    ...others.flatMap((unsure) =>
      told(
        `${unsure[0]?.certainty.level}: `,
        unsure.map(({ name, certainty }) => `${name}: ${certainty.why}`),
      ),
    ),
    ...told(
      '',
      stacks.flatMap(({ name, remarks }) => remarks.map((remark) => `${name}: ${remark}`)),
    ),
  ];
}

/** Texts that YAML can't take for anything else stand as they are; a JSON string is one in YAML, too. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z][A-Za-z0-9_./-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
