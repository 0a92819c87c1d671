import { posix } from 'node:path';
import { findTemplates } from '../config/discover.js';
import type { Config, StackConfig } from '../config/load.js';
import { isWanted, unmatchedGlobs } from '../config/targets.js';
import { DriftError, type Problem } from '../errors.js';
import { type Checkout, openRepository } from '../git/repository.js';
import { leastPolicy, type Needs, type StackPattern } from '../provider/aws/permissions.js';
import type { Policy } from '../provider/aws/policy.js';
import { loadResourceTypes } from '../resource-type/index-file.js';
import { declaredTypes } from '../template/declared-types.js';
import { effectiveEntries, get, section, stringOf } from '../template/node.js';
import { parseTemplate, type Template } from '../template/parse.js';
import { readConfig } from './plan.js';

/** Which policy is wanted. Only `repository` is required. */
export interface PermissionsRequest {
  repository: string;
  ref?: string | undefined;
  config?: string | undefined;
  /** Names of stacks, as globs; default all that are configured. */
  stacks?: readonly string[] | undefined;
  regions?: readonly string[] | undefined;
  /**
   * Whose policy: that of a role by its ARN, or with `caller` that of the credentials as they are; default what all of
   * them need together.
   */
  principal?: string | undefined;
}

/**
 * The least IAM policy that a scan of this repository needs: of its configured stacks, or without a configuration of
 * all its templates. Nothing is asked of a cloud. Throws a `DriftError` where configuration or templates are bad.
 */
export async function scanPermissions(request: PermissionsRequest): Promise<{ policy: Policy; warnings: Problem[] }> {
  const checkout = await (await openRepository(request.repository)).checkout(request.ref);
  const config = await readConfig(checkout, request.config);
  const configured = config !== undefined && config.stacks.length > 0;
  const { broken = [], ...needs } = configured
    ? await ofStacks(config, checkout, request)
    : await ofTemplates(checkout);
  const { policy, warnings } = leastPolicy(needs, loadResourceTypes());
  return { policy, warnings: [...broken, ...warnings] };
}

/** Needs, and why some templates could not be looked at. */
type Found = Needs & { broken?: Problem[] };

async function ofStacks(config: Config, checkout: Checkout, request: PermissionsRequest): Promise<Found> {
  const { stacks: stackGlobs = [], regions = [], principal } = request;
  const filter = { stackGlobs, regions, defaultRegion: undefined };
  const wanted = config.stacks.filter((stack) => isWanted(stack.name, filter) && isIn(stack, config, regions));
  const roles = [...new Set(wanted.flatMap(({ roleArn }) => roleArn ?? []))];
  const problems = unmatchedGlobs(filter, config.stacks, 'configured');
  if (principal !== undefined && principal !== 'caller' && !roles.includes(principal)) {
    const hint = `"caller" stands for the credentials as they are; roles: ${roles.join(', ') || 'none'}`;
    problems.push({ message: `--for ${principal}: no configured stack is read by this role`, hint });
  }
  if (problems.length > 0) throw new DriftError('config', problems);
  const read = wanted.filter(({ roleArn }) => principal === undefined || (roleArn ?? 'caller') === principal);
  const templates = await readAll(new Set(read.map(({ template }) => template)), checkout);
  const patterns = read.flatMap((stack) => patternsOf(stack, config, hasChildren(templates, stack)));
  return {
    ...needsOf([...templates.values()].flat()),
    stacks: patterns,
    roles: principal === undefined || principal === 'caller' ? roles : [],
  };
}

/** Without a configuration, any stack may turn out to be one of a template. */
async function ofTemplates(checkout: Checkout): Promise<Found> {
  const found = await findTemplates(checkout);
  const readable = found.filter(({ problems }) => problems === undefined);
  const broken = found.flatMap(({ problems = [] }) => problems);
  if (readable.length === 0) throw new DriftError('template', broken);
  const templates = await readAll(new Set(readable.map(({ path }) => path)), checkout);
  return { ...needsOf([...templates.values()].flat()), stacks: 'all', roles: [], broken };
}

function needsOf(templates: readonly Template[]): Pick<Needs, 'types' | 'imports'> {
  const types = [...new Set(templates.flatMap(declaredTypes))].sort();
  return { types, imports: templates.some(({ usesImports }) => usesImports) };
}

function isIn(stack: StackConfig, config: Config, regions: readonly string[]): boolean {
  const region = stack.region ?? config.region;
  return regions.length === 0 || region === undefined || regions.includes(region);
}

function patternsOf({ name, region, account, roleArn }: StackConfig, config: Config, nested: boolean): StackPattern[] {
  const place = { region: region ?? config.region, account: account ?? roleArn?.split(':')[4] };
  // CloudFormation calls a nested stack `parent-LogicalId-ID`.
  return [{ name, ...place }, ...(nested ? [{ name: `${name}-*`, ...place }] : [])];
}

function hasChildren(templates: ReadonlyMap<string, Template[]>, { template }: StackConfig): boolean {
  return (templates.get(template)?.length ?? 0) > 1;
}

/** Each template with those that it nests from the repository. Throws a `DriftError` with the problems of all. */
async function readAll(paths: ReadonlySet<string>, checkout: Checkout): Promise<Map<string, Template[]>> {
  const problems: Problem[] = [];
  const templates = new Map<string, Template[]>();
  for (const path of paths) {
    try {
      templates.set(path, await withChildren(path, checkout, new Set()));
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new DriftError('template', problems);
  return templates;
}

async function withChildren(path: string, checkout: Checkout, seen: Set<string>): Promise<Template[]> {
  seen.add(path);
  const template = parseTemplate(await checkout.read(path));
  const found = [template];
  for (const url of localUrls(template)) {
    const child = posix.join(posix.dirname(path), url);
    if (seen.has(child) || child.startsWith('..') || !(await checkout.exists(child))) continue;
    found.push(...(await withChildren(child, checkout, seen)));
  }
  return found;
}

/** `TemplateURL` as it stands in Git before packaging: a path from the template's folder. */
function localUrls({ root }: Template): string[] {
  return effectiveEntries(section(root, 'Resources')).flatMap(({ value }) => {
    if (stringOf(get(value, 'Type')) !== 'AWS::CloudFormation::Stack') return [];
    const url = stringOf(get(get(value, 'Properties'), 'TemplateURL'));
    return url === undefined || /^(?:[a-z0-9]+:|\/)/i.test(url) || url.includes('\\') ? [] : [url];
  });
}
