import { isObject, type Json, type JsonObject } from '../../../base/json.js';
import { textsIn } from '../../../base/json-members.js';
import { readObject } from './assembly.js';
import type { AssemblyFiles, AssemblyStack } from './model.js';

/** What an assembly says of a construct that is a resource. */
export interface ResourceMetadata {
  /** With a slash before it: `/Data/Orders/Resource`. */
  path: string;
  logicalId: string;
  /** The call stacks of its creation, the one to ask first. */
  traces: readonly (readonly string[])[];
}

/** The metadata of a stack and of those nested in it. */
export interface StackMetadata {
  byPath: ReadonlyMap<string, ResourceMetadata>;
  /** A logical ID may be one in a stack and in those nested in it. */
  byLogicalId: ReadonlyMap<string, readonly ResourceMetadata[]>;
  /** Whether any call stack is in it. */
  hasTraces: boolean;
}

/** Reads what a stack's assembly says of its constructs. Throws a `DriftError` for a file that is broken or too big. */
export async function readMetadata(files: AssemblyFiles, stack: AssemblyStack): Promise<StackMetadata> {
  const { metadata, metadataFile } = stack;
  const more = metadataFile === undefined ? undefined : await readObject(files, metadataFile);
  const byPath = new Map<string, ResourceMetadata>();
  const byLogicalId = new Map<string, ResourceMetadata[]>();
  let hasTraces = false;
  for (const [path, entries] of [...Object.entries(metadata), ...Object.entries(more ?? {})]) {
    const own = (Array.isArray(entries) ? entries : []).filter(isObject);
    const traces = [...tracesOf(own, 'aws:cdk:logicalId', 'trace'), ...tracesOf(own, 'aws:cdk:creationStack', 'data')];
    hasTraces ||= traces.length > 0;
    const logicalId = own.find(({ type }) => type === 'aws:cdk:logicalId')?.['data'];
    if (typeof logicalId !== 'string') continue;
    const resource = { path: path.startsWith('/') ? path : `/${path}`, logicalId, traces };
    byPath.set(resource.path, resource);
    byLogicalId.set(logicalId, [...(byLogicalId.get(logicalId) ?? []), resource]);
  }
  return { byPath, byLogicalId, hasTraces };
}

function tracesOf(entries: readonly JsonObject[], type: string, key: string): string[][] {
  return entries.flatMap((entry) => {
    const lines = entry['type'] === type ? textsIn(entry[key] as Json | undefined) : [];
    return lines.length === 0 ? [] : [lines];
  });
}
