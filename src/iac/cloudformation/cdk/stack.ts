import { posix } from 'node:path';
import { DriftError, type Problem } from '../../../base/errors.js';
import { segments } from '../../../base/json-pointer.js';
import { once } from '../../../base/once.js';
import { folderOf } from '../../../git/file-tree.js';
import type { Checkout } from '../../../git/repository.js';
import { effectiveEntries, get, type Node, section, stringOf } from '../../../syntax/node.js';
import type { Evaluated } from '../../../value/evaluated.js';
import type { Code } from '../../state.js';
import { isNestedStack } from '../template/nested-stack.js';
import type { Template } from '../template/parse.js';
import { readAssembly } from './assembly.js';
import { ASSET_PARAMETER, type Assets, assetOf, readAssets } from './assets.js';
import { constructsOf } from './constructs.js';
import { filesOf } from './files.js';
import { readMetadata, type StackMetadata } from './metadata.js';
import type { Assembly, AssemblyStack } from './model.js';
import { noLine, noPatch, notAsDeployed } from './noted.js';
import { type Settled, settle } from './settle.js';
import { newerSources } from './stale.js';

/** What CDK made a stack's templates of, as reading the stack asks it. */
export interface CdkStack {
  /**
   * What is known of the code that made a template; `chain` are the resources that it is nested in, `isEditable` says
   * whether edits of the code can be tried.
   */
  code(template: Template, chain: readonly string[], isEditable: boolean): Promise<Code>;
  /** The template of a nested stack, by what its parent, a template, says of it; by the URL's value where no hash is written. */
  nestedTemplate(template: Template, logicalId: string, url: string | undefined): string | undefined;
  /** The templates of all stacks that are nested in the stack of a template. */
  nested(template: Template): string[];
  /** The parameters that older synthesizers make for what is uploaded, and that a stack has no values for. */
  unknownAssets(template: Template, deployed: object): string[];
  /** What Git says, settled with what is deployed; `isSure`: whether nothing in it is a dummy. */
  settle<Version extends Evaluated>(git: Version, deployed: Version, isSure?: boolean): Settled<Version>;
  notAsDeployed: Problem;
}

/** The stack of the cloud assembly in a template's folder that the template is of; undefined where there is none. */
export async function openStack(checkout: Checkout, path: string): Promise<CdkStack | undefined> {
  const assembly = await assemblyIn(checkout, folderOf(path));
  const stack = assembly.stacks.find((each) => each.template === path);
  if (stack === undefined) return undefined;
  const out = await outermost(checkout, assembly.out);
  const assets = await readAssets(filesOf(checkout), stack);
  const appFolder = await appFolderOf(checkout, out);
  const { metadata, notices } = await metadataOrNotice(checkout, stack);
  const newer = await newerSources(checkout, posix.join(out, 'manifest.json'), appFolder, out);
  return {
    async code(template, chain, isEditable) {
      const { constructs, callsOf } = await constructsOf({ template, metadata, chain, appFolder }, checkout);
      const whyNot = (logicalId: string | undefined, at: string) =>
        noPatch(constructs.get(logicalId ?? '')?.path, segments(at));
      const openEditor = async (logicalIds: readonly string[]) => {
        const { sourceEditor } = await import('./source-editor.js');
        return sourceEditor(logicalIds, { callsOf, noPatch: whyNot });
      };
      return {
        ...(isEditable ? { openEditor } : {}),
        constructs,
        notices: [...assembly.notices, ...newer, ...notices],
        noLine: noLine(out, metadata.hasTraces),
        noPatch: whyNot,
      };
    },
    nestedTemplate: (template, logicalId, url) =>
      nestedTemplateOf(folderOf(stack.template), assets, resourceOf(template, logicalId), template.source) ??
      (url === undefined ? undefined : assetOf(url, assets)),
    nested: ({ root, source }) =>
      effectiveEntries(section(root, 'Resources')).flatMap(({ value }) => {
        if (!isNestedStack(stringOf(get(value, 'Type')) ?? '')) return [];
        return nestedTemplateOf(folderOf(stack.template), assets, value, source) ?? [];
      }),
    unknownAssets: ({ root }, deployed) =>
      effectiveEntries(section(root, 'Parameters')).flatMap(({ key }) =>
        ASSET_PARAMETER.test(key) && !Object.hasOwn(deployed, key) ? [key] : [],
      ),
    settle: (git, deployed, isSure = false) => settle(git, deployed, isSure ? { ...stack, missing: [] } : stack),
    notAsDeployed: notAsDeployed(out),
  };
}

const assemblies = new WeakMap<Checkout, Map<string, Promise<Assembly>>>();

/** Reads each assembly of a checkout once. */
export async function assemblyIn(checkout: Checkout, out: string): Promise<Assembly> {
  const known = assemblies.get(checkout) ?? new Map<string, Promise<Assembly>>();
  assemblies.set(checkout, known);
  return once(known, out, () => readAssembly(filesOf(checkout), out));
}

/** The folder of the assembly that an assembly is a stage of, or its own. */
async function outermost(checkout: Checkout, out: string): Promise<string> {
  const above = folderOf(out);
  const isStage = above !== '' && (await checkout.exists(posix.join(above, 'manifest.json')));
  return isStage ? outermost(checkout, above) : out;
}

/** The nearest folder above an assembly that has a `cdk.json`; without one, that which the assembly is in. */
async function appFolderOf(checkout: Checkout, out: string): Promise<string> {
  let folder = folderOf(out);
  for (;;) {
    if (await checkout.exists(posix.join(folder, 'cdk.json'))) return folder;
    if (folder === '') return folderOf(out);
    folder = folderOf(folder);
  }
}

/** Where something was created is good to know, and no reason not to scan. */
async function metadataOrNotice(
  checkout: Checkout,
  stack: AssemblyStack,
): Promise<{ metadata: StackMetadata; notices: readonly Problem[] }> {
  try {
    return { metadata: await readMetadata(filesOf(checkout), stack), notices: [] };
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return { metadata: { byPath: new Map(), byLogicalId: new Map(), hasTraces: false }, notices: error.problems };
  }
}

function resourceOf({ root }: Template, logicalId: string): Node | undefined {
  return effectiveEntries(section(root, 'Resources')).find(({ key }) => key === logicalId)?.value;
}

/**
 * By its metadata, which is not always written, or by the hash that it is uploaded under. That is read where it is written,
 * however the URL is put together: its value is the deployed one, which is of another text where the two differ.
 */
function nestedTemplateOf(
  folder: string,
  assets: Assets,
  resource: Node | undefined,
  { text }: Pick<Template['source'], 'text'>,
): string | undefined {
  const written = stringOf(get(get(resource, 'Metadata'), 'aws:asset:path'));
  if (written !== undefined && !/^\/|(?:^|\/)\.\.(?:\/|$)|^[a-z]+:/i.test(written)) return posix.join(folder, written);
  const url = get(get(resource, 'Properties'), 'TemplateURL');
  return url === undefined ? undefined : assetOf(text.slice(url.range.start, url.range.end), assets);
}
