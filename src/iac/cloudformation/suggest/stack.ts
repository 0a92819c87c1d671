import { DriftError } from '../../../base/errors.js';
import type { DeployedStack, Provider } from '../../../cloud/cloud.js';
import type { Checkout } from '../../../git/repository.js';
import type { Source } from '../../../syntax/source.js';
import type { SuggestedStack } from '../../suggestions.js';
import type { TemplateCandidate } from '../find/match.js';
import type { MatchedStack } from '../find/match-stacks.js';
import type { SamDeployment } from '../find/samconfig.js';
import { secretParameters } from '../secrets/mask-template.js';
import { parseTemplate } from '../template/parse.js';
import { certaintyOf, templateOf } from './certainty.js';
import { differing, isMasked, type ParameterFile, suggestFile } from './parameter-files.js';

/** What stacks are matched with. */
export interface Material {
  templates: readonly TemplateCandidate[];
  deployments: readonly SamDeployment[];
  files: readonly ParameterFile[];
  checkout: Checkout;
  provider: Provider;
}

/** Names as the configuration's schema takes them; a recording may hold others. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

/**
 * A matched stack as it is to be configured; undefined where it has no template, or a name that no configuration takes.
 */
export async function suggestStack(matched: MatchedStack, material: Material): Promise<SuggestedStack | undefined> {
  const { name, region } = matched.stack;
  const told = material.deployments.find((one) => one.stackName === name && (one.region ?? region) === region);
  const candidate = templateOf(matched, material.templates, told);
  if (candidate === undefined || candidate.path.includes('\\') || !STACK_NAME.test(name) || !REGION.test(region)) {
    return undefined;
  }
  const whole = { ...matched, ...(await readIfTold(matched, told, material.provider)) };
  const { account } = whole.deployed ?? (await material.provider.connect());
  const suggested = {
    ...{ name, template: candidate.path, region, account: /^\d{12}$/.test(account ?? '') ? account : undefined },
    certainty: certaintyOf(whole, candidate, told),
    remarks: [],
  };
  if (whole.deployed === undefined || candidate.resources === undefined) return suggested;
  return { ...suggested, ...(await parametersOf(whole.deployed, candidate.path, told, material)) };
}

/** Stacks whose name says nothing have not been read while matching. */
async function readIfTold(
  { stack, deployed }: MatchedStack,
  told: SamDeployment | undefined,
  provider: Provider,
): Promise<Pick<MatchedStack, 'deployed'>> {
  if (deployed !== undefined || told === undefined) return {};
  try {
    return { deployed: await provider.readStack(stack) };
  } catch (error) {
    if (error instanceof DriftError) return {};
    throw error;
  }
}

type Parameters = Pick<SuggestedStack, 'parametersFile' | 'parameters' | 'remarks'>;

async function parametersOf(
  deployed: NonNullable<MatchedStack['deployed']>,
  path: string,
  told: SamDeployment | undefined,
  { files, checkout }: Material,
): Promise<Parameters> {
  const overrides = told?.overrides ?? new Map<string, string>();
  const source = await checkout.read(path);
  if (told !== undefined && overrides.size > 0) {
    const others = differing(overrides, deployed);
    if (others.length > 0) return { remarks: [`${told.origin}: not deployed with its ${others.join(', ')}`] };
    return { parameters: shownOf(overrides, deployed, source), remarks: [] };
  }
  const suggestion = suggestFile(files, parseTemplate(source), deployed);
  if (suggestion === undefined) return { remarks: [] };
  if ('unsure' in suggestion) return { remarks: [`parametersFile could be ${suggestion.unsure}`] };
  const { file } = suggestion;
  if (file.isWhole) return { parametersFile: file.path, remarks: [] };
  const unread = [...file.unread].map(([name, how]) => `${name} (${how})`).join(', ');
  const left = unread === '' ? '' : `; not read, since they are worked out there: ${unread}`;
  return { parameters: shownOf(file.values, deployed, source), remarks: [`parameters as in ${file.origin}${left}`] };
}

/** Values that may stand in a configuration: what is secret is none of its business. */
function shownOf(
  values: ReadonlyMap<string, string>,
  deployed: DeployedStack,
  template: Source,
): ReadonlyMap<string, string> {
  const secret = secretParameters(template.text);
  return new Map([...values].filter(([name]) => !isMasked(name, deployed) && !secret.has(name)));
}
