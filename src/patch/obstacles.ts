import { sameContent } from '../base/content.js';
import type { Json } from '../base/json.js';
import { child, pointerOf, segments } from '../base/json-pointer.js';
import { pathPatterns } from '../base/path-pattern.js';
import type { Difference } from '../model/comparison.js';
import type { Finding } from '../model/report.js';
import { markedAt } from '../secrets/mark-secrets.js';
import { MASK } from '../secrets/secret-text.js';
import { holdsSecret, type Plain } from '../value/value.js';
import type { PatchOptions, Wanted } from './model.js';
import type { StackFacts } from './ports.js';

/** Why a finding is not to be patched at all, and what a person can do; undefined where it may be. */
export function obstacleTo(wanted: Wanted, stack: StackFacts, options: PatchOptions): string | undefined {
  const { difference, finding } = wanted;
  if (finding.verdict === 'conflict') {
    return 'Git has a change of its own that is not deployed yet: decide which of the two holds';
  }
  if (difference === undefined) {
    if (options.includeDeletions) return undefined;
    return 'the resource is gone: create it again, or take it out of Git with --include-deletions';
  }
  if (isSecret(difference, finding, stack)) {
    return 'it holds a secret, which must not stand in Git: change it where it is kept';
  }
  return finding.undeclared ? notDeclarable(wanted, stack) : undefined;
}

/** Why what is not declared can't be. */
function notDeclarable({ difference, whole, finding }: Wanted, { known }: StackFacts): string | undefined {
  if (whole?.holdsSecret)
    return 'what it is in has to be declared as a whole, and holds a secret: change it where it is kept';
  const { createOnly = [] } = known.get(finding.logicalId) ?? {};
  const path = difference?.path ?? '';
  const place = pointerOf(segments(path).slice(0, whole?.depth));
  const own = [path, ...leavesOf(whole?.live ?? difference?.live ?? null, place)];
  if (!own.some((each) => pathPatterns(createOnly).covers(each))) return undefined;
  return 'declaring it would replace the resource, since it can only be set at creation: accept it in the baseline';
}

function leavesOf(value: Json, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, child(path, key)));
}

/** What the report masks is nothing to write, nor is what stands where the template has a secret. */
function isSecret({ desired, live, path }: Difference, finding: Finding, { evaluated }: StackFacts): boolean {
  if (live !== undefined && !sameContent(finding.live, live)) return true;
  if (desired !== undefined && showsMask(finding.desired) && !showsMask(desired)) return true;
  const properties = evaluated.resources.get(finding.logicalId)?.properties;
  const value = properties && markedAt(properties, path);
  return value !== undefined && holdsSecret(value);
}

function showsMask(value: Plain | undefined): boolean {
  return JSON.stringify(value ?? null).includes(MASK);
}
