import { breathe } from '../base/breathe.js';
import { DriftError } from '../base/errors.js';
import type { Child } from '../iac/state.js';
import type { UnseenStack } from '../model/coverage.js';
import { partOf } from '../model/defects.js';
import type { Target } from '../model/target.js';
import { failedScan } from './failed-stack.js';
import { type Above, type Depth, type ScanContext, type ScannedStack, scanStack } from './scan-stack.js';
import type { StackScan } from './stack-scan.js';

/** A stack and those nested in it, parents first. */
export interface ScannedTree {
  scans: readonly StackScan[];
  /** Those that could be scanned, with what patching needs of them. */
  scanned: readonly ScannedStack[];
  /** Stacks that belong to these, and that could not even be tried. */
  notLooked: readonly UnseenStack[];
}

/** Scans a stack and the stacks nested in it. A stack that can't be scanned is an error of its own; it stops no other. */
export async function scanTree(asked: Target, context: ScanContext, depth: Depth, above?: Above): Promise<ScannedTree> {
  await breathe();
  const read = await scanOne(asked, context, depth, above);
  if (!('own' in read)) return { scans: [read.failed], scanned: [], notLooked: [] };
  const { own, target, children } = read;
  const trees: ScannedTree[] = [{ scans: [own.scan], scanned: [own], notLooked: read.notLooked }];
  for (const child of children) {
    if (context.isScanned(child.target)) continue;
    trees.push(await scanTree(child.target, context, depth, aboveOf(child, own, above?.scannedWith ?? target.name)));
  }
  return {
    scans: trees.flatMap(({ scans }) => scans),
    scanned: trees.flatMap(({ scanned }) => scanned),
    notLooked: trees.flatMap(({ notLooked }) => notLooked),
  };
}

interface ReadStack {
  own: ScannedStack;
  /** With the template that was found for it. */
  target: Target;
  children: readonly Child[];
  notLooked: readonly UnseenStack[];
}

/** Reads and judges a stack, without those nested in it. */
async function scanOne(
  asked: Target,
  context: ScanContext,
  depth: Depth,
  above: Above | undefined,
): Promise<ReadStack | { failed: StackScan }> {
  const { iac, reader } = context;
  let target = asked;
  try {
    const state = await reader.state(target);
    if (target.template !== state.path) target = { ...target, template: state.path };
    const { children, notLooked } = await reader.children(target, state);
    return { own: await scanStack(target, state, context, depth, above), target, children, notLooked };
  } catch (error) {
    const told = error instanceof DriftError ? error : defectError(target, context, error);
    return { failed: await failedScan(target, { iac, templateOf: reader.templateOf }, told) };
  }
}

/** What a stack set deploys is changed by itself, and takes its parameters from the set. */
function aboveOf({ target, isInstance }: Child, { patchStack }: ScannedStack, scannedWith: string): Above {
  if (isInstance) return { scannedWith };
  const logicalId = target.path?.split('/').at(-1) ?? '';
  return { scannedWith, parent: { stack: patchStack, logicalId } };
}

/** An unexpected failure, as the error of the stack that it happened in. */
function defectError(target: Target, context: ScanContext, error: unknown): DriftError {
  const part = { ...partOf(target), doing: 'scanning it', isTold: true } as const;
  return new DriftError('provider', [{ code: 'internal-error', message: context.defects.note(error, part) }]);
}
