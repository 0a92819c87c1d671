import { posix } from 'node:path';
import { DriftError, type Problem } from '../../../base/errors.js';
import { textIn } from '../../../base/json-members.js';
import { folderOf, isBelow, pathFrom } from '../../../git/file-tree.js';
import type { Checkout } from '../../../git/repository.js';
import type { MadeStack } from '../../wanted.js';
import { SKIPPED_FOLDER } from '../find/find-templates.js';
import { isCdkApp } from '../sources/cdk.js';
import { readObject } from './assembly.js';
import { filesOf } from './files.js';
import { assemblyIn } from './stack.js';

const DEFAULT_OUT = 'cdk.out';

/** The stacks of the cloud assembly in a folder. Throws a `DriftError` where there is none, or where it is broken. */
export async function madeStacks(checkout: Checkout, out: string): Promise<MadeStack[]> {
  try {
    const { stacks } = await assemblyIn(checkout, out);
    return stacks.map(({ name, template, account, region }) => ({
      ...{ name, template },
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
    }));
  } catch (error) {
    const isMissing = error instanceof DriftError && error.problems.some(({ code }) => code === 'cdk-no-assembly');
    if (!isMissing || checkout.ref === null) throw error;
    const message = `there is no cloud assembly in ${out} at ${checkout.ref}`;
    const hint = 'commit the assembly, or scan the work tree, without --ref, after: npx cdk synth';
    throw new DriftError('config', [{ code: 'cdk-no-assembly', message, hint }], { cause: error });
  }
}

/** The apps of a checkout that are found by their `cdk.json`. */
export interface FoundApps {
  stacks: MadeStack[];
  /** The folders that have one. */
  folders: string[];
  /** What has no assembly, or one that can't be read. */
  problems: Problem[];
  /** Whether a file is of an assembly. */
  isMade(path: string): boolean;
}

/** Finds apps by their `cdk.json`, and reads their assemblies. */
export async function findApps(checkout: Checkout): Promise<FoundApps> {
  const stacks: MadeStack[] = [];
  const problems: Problem[] = [];
  const all: string[] = [];
  const folders: string[] = [];
  for (const path of (await checkout.list()).filter((each) => isCdkApp(each) && !SKIPPED_FOLDER.test(each))) {
    try {
      const settings = (await readObject(filesOf(checkout), path)) ?? {};
      const out = pathFrom(folderOf(path), textIn(settings, 'output') ?? DEFAULT_OUT);
      all.push(out);
      stacks.push(...(await madeStacks(checkout, out)));
      folders.push(out);
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      problems.push(...error.problems.map((each) => ({ ...each, file: each.file ?? path })));
    }
  }
  return { stacks, folders, problems, isMade: (path) => all.some((folder) => isBelow(folder, posix.normalize(path))) };
}
