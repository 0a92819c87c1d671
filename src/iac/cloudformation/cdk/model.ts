import type { Problem } from '../../../base/errors.js';
import type { JsonObject } from '../../../base/json.js';

/** The files of a checkout, or of what was synthesised. Paths are relative to the repository's root. */
export interface AssemblyFiles {
  /** Undefined where there is no such file. Throws a `DriftError` for one that is too big, no text, or elsewhere. */
  read(path: string): Promise<string | undefined>;
}

/** A stack of a cloud assembly. All paths are relative to the repository's root. */
export interface AssemblyStack {
  /** What the manifest calls it. */
  id: string;
  /** What CDK's command line calls it: `Reports/Reports`. */
  displayName: string;
  /** The deployed stack. */
  name: string;
  template: string;
  /** Absent where it is the one of whoever deploys it. */
  account?: string;
  region?: string;
  tags: ReadonlyMap<string, string>;
  /** What the context lacked when its manifest was made: dummies stand for it. */
  missing: readonly string[];
  /** The files that say what is uploaded for it. */
  assets: readonly string[];
  /** Where its metadata is, where that is not in the manifest. */
  metadataFile?: string;
  /** The metadata in the manifest, by construct path. */
  metadata: JsonObject;
  /** The manifest that lists it. */
  manifest: string;
}

/** A cloud assembly, with those of its stages. */
export interface Assembly {
  /** Its folder. */
  out: string;
  /** The version of its format. */
  version: string;
  stacks: AssemblyStack[];
  /** What a person should know of it. */
  notices: Problem[];
}
