import { posix } from 'node:path';
import { DriftError, type Problem } from '../../../base/errors.js';
import { isObject, type Json, type JsonObject } from '../../../base/json.js';
import { childrenIn, objectIn, textIn, textsIn } from '../../../base/json-members.js';
import { isBelow, pathFrom } from '../../../git/file-tree.js';
import type { Assembly, AssemblyFiles, AssemblyStack } from './model.js';

/** The newest format that was tried; newer ones are read as far as they are understood. */
const NEWEST_MAJOR = 55;
/** Deeper than stages are nested usefully; an assembly that contains itself is told by its path before. */
const MAX_DEPTH = 20;
const SYNTHESISE = 'run: npx cdk synth';

/**
 * Reads the cloud assembly in a folder of the repository, with those of its stages. Throws a `DriftError` where there is
 * none, or where it is broken or leads out of its folder.
 */
export async function readAssembly(files: AssemblyFiles, out: string): Promise<Assembly> {
  const assembly: Assembly = { out, version: '', stacks: [], notices: [] };
  await readManifest(files, out, [], assembly);
  return assembly;
}

async function readManifest(
  files: AssemblyFiles,
  folder: string,
  above: readonly string[],
  assembly: Assembly,
): Promise<void> {
  const path = posix.join(folder, 'manifest.json');
  const manifest = await readObject(files, path);
  if (manifest === undefined) throw noManifest(path, above.length === 0);
  const version = textIn(manifest, 'version') ?? '';
  if (above.length === 0) {
    assembly.version = version;
    if (Number.parseInt(version, 10) > NEWEST_MAJOR) assembly.notices.push(newer(path, version));
  }
  const artifacts = childrenIn(manifest['artifacts']);
  const missing = (Array.isArray(manifest['missing']) ? manifest['missing'] : []).flatMap((each) =>
    isObject(each) ? [textIn(each, 'key') ?? 'a value'] : [],
  );
  for (const [id, artifact] of artifacts) {
    const type = textIn(artifact, 'type');
    if (type === 'aws:cloudformation:stack') {
      assembly.stacks.push(stackOf(id, artifact, { path, folder, missing, artifacts, out: assembly.out }));
    } else if (type === 'cdk:cloud-assembly') {
      const name = textIn(objectIn(artifact, 'properties'), 'directoryName');
      if (name === undefined) throw bad(path, `the artifact ${id} has no directoryName`);
      const inner = inside(assembly.out, folder, name, path);
      const way = [...above, folder];
      if (way.includes(inner) || way.length >= MAX_DEPTH) {
        throw bad(path, `cloud assemblies without end: ${[...way, inner].join(' > ')}`);
      }
      await readManifest(files, inner, way, assembly);
    }
  }
}

interface Surroundings {
  path: string;
  folder: string;
  out: string;
  missing: readonly string[];
  artifacts: ReadonlyMap<string, JsonObject>;
}

function stackOf(id: string, artifact: JsonObject, { path, folder, out, missing, artifacts }: Surroundings) {
  const properties = objectIn(artifact, 'properties');
  const template = textIn(properties, 'templateFile');
  if (template === undefined) throw bad(path, `the stack ${id} has no templateFile`);
  const file = (name: string) => inside(out, folder, name, path);
  const assets = textsIn(artifact['dependencies']).flatMap((each) => {
    const own = artifacts.get(each);
    const name = own && textIn(own, 'type') === 'cdk:asset-manifest' && textIn(objectIn(own, 'properties'), 'file');
    return name ? [file(name)] : [];
  });
  const metadataFile = textIn(artifact, 'additionalMetadataFile');
  const tags = Object.entries(objectIn(properties, 'tags')).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  const stack: AssemblyStack = {
    id,
    displayName: textIn(artifact, 'displayName') ?? id,
    name: textIn(properties, 'stackName') ?? id,
    template: file(template),
    ...placeOf(textIn(artifact, 'environment') ?? ''),
    tags: new Map(tags),
    ...{ missing, assets, manifest: path },
    ...(metadataFile === undefined ? {} : { metadataFile: file(metadataFile) }),
    metadata: objectIn(artifact, 'metadata'),
  };
  return stack;
}

/** `aws://123456789012/eu-west-1`; what the app does not say is `unknown-account`, `unknown-region`. */
function placeOf(environment: string): Pick<AssemblyStack, 'account' | 'region'> {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment) ?? [];
  return {
    ...(account !== undefined && /^\d{12}$/.test(account) ? { account } : {}),
    ...(region !== undefined && /^[a-z]+(?:-[a-z]+)+-\d+$/.test(region) ? { region } : {}),
  };
}

/** A path in a manifest, which may lead nowhere but into its assembly. */
function inside(out: string, folder: string, name: string, manifest: string): string {
  try {
    const path = pathFrom(folder, name);
    if (path === out || isBelow(out, path)) return path;
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
  }
  throw bad(manifest, `"${name}" leads out of the cloud assembly`);
}

/** A file that holds a JSON object; undefined where there is none. Throws a `DriftError` for one that holds something else. */
export async function readObject(files: AssemblyFiles, path: string): Promise<JsonObject | undefined> {
  const text = await files.read(path);
  if (text === undefined) return undefined;
  let content: Json;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch (cause) {
    throw bad(path, 'not well-formed JSON', cause);
  }
  if (!isObject(content)) throw bad(path, 'not a JSON object');
  return content;
}

function bad(file: string, message: string, cause?: unknown): DriftError {
  const problem: Problem = { code: 'cdk-bad-assembly', file, message, hint: `make the assembly anew: ${SYNTHESISE}` };
  return new DriftError('config', [problem], { cause });
}

function noManifest(path: string, isRoot: boolean): DriftError {
  if (!isRoot) return bad(path, 'a stage has no manifest.json');
  const message = `there is no cloud assembly in ${posix.dirname(path)} (no manifest.json)`;
  return new DriftError('config', [
    { code: 'cdk-no-assembly', message, hint: `${SYNTHESISE}, or have the app run: --synth` },
  ]);
}

function newer(file: string, version: string): Problem {
  return {
    code: 'cdk-newer-assembly',
    file,
    message: `the cloud assembly is of version ${version}, newer than ${NEWEST_MAJOR}, which this version of gitops-drift knows`,
    hint: 'it was read as far as it is understood; a newer gitops-drift may know more of it',
  };
}
