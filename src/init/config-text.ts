import { clean } from '../base/clean.js';
import type { SuggestedContent, SuggestedStack } from '../iac/suggestions.js';

/** What a configuration is written from. */
export interface Suggestions extends SuggestedContent {
  provider: string;
  /** A path in the repository. */
  snapshot: string | undefined;
  /** Where stacks were looked for. */
  regions: readonly string[];
}

/** The text of a `gitops-drift.yaml`: each stack with how sure its match is, what is left over as comments. */
export function configText(suggestions: Suggestions): string {
  const { provider, snapshot, regions, stacks, leftovers, templates, nested } = suggestions;
  return [
    '# Which stack is deployed from which template; found by "gitops-drift init". Check what is not sure, then keep it.',
    ...(snapshot === undefined ? [lookedIn(regions)] : []),
    'version: 1',
    `provider: ${scalar(provider)}`,
    ...(snapshot === undefined ? [] : [`snapshot: ${scalar(snapshot)}`]),
    '',
    'stacks:',
    ...stacks.flatMap(stackLines),
    ...(templates.length === 0 ? [] : ['', '# No deployed stack was found for these templates:']),
    ...templates.flatMap((path) => [`#  - name: ?`, `#    template: ${clean(scalar(path))}`]),
    ...(nested.length === 0 ? [] : ['', '# Scanned with the stacks that they are nested in:']),
    ...nested.map(({ path, parents }) => clean(`#  ${scalar(path)}: nested in ${parents.map(scalar).join(', ')}`)),
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

function stackLines(stack: SuggestedStack): string[] {
  const { name, template, region, account, certainty, parametersFile, parameters = new Map(), remarks } = stack;
  return [
    `  # ${certainty.level}: ${clean(certainty.why)}`,
    ...remarks.map((remark) => `  # ${clean(remark)}`),
    `  - name: ${scalar(name)}`,
    `    template: ${scalar(template)}`,
    `    region: ${scalar(region)}`,
    ...(account === undefined ? [] : [`    account: ${JSON.stringify(account)}`]),
    ...(parametersFile === undefined ? [] : [`    parametersFile: ${scalar(parametersFile)}`]),
    ...(parameters.size === 0 ? [] : ['    parameters:']),
    ...[...parameters].map(([key, value]) => `      ${scalar(key)}: ${JSON.stringify(value)}`),
  ];
}

/** Texts that YAML can't take for anything else stand as they are; a JSON string is one in YAML, too. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z][A-Za-z0-9_./-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
