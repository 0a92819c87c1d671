import { segments } from '../base/json-pointer.js';
import { someOf } from '../base/some-of.js';
import type { Finding } from '../model/report.js';
import type { LeftOut, StackRequest } from './select.js';
import type { ShownEffect, ShownValue } from './shown.js';

/** What a change set would do to a resource, beside what was asked. */
export interface JudgedEffect extends Omit<ShownEffect, 'values'> {
  values: (ShownValue & { asked: boolean })[];
  /** Whether all of it was asked for. What the cloud does not notice asks for nothing. */
  asked: boolean;
  /** What of other stacks it may take away. */
  foreign: StackRequest['foreign'];
}

/** Why a change set is not executed. */
export interface Refusal {
  code: 'replacement' | 'deletion' | 'more' | 'foreign' | 'stackState' | 'stackChanged' | 'account';
  logicalId?: string;
  reason: string;
  /** The other way. */
  instead: string;
}

/** What somebody has allowed beyond what was asked for. */
export interface Allowed {
  replacement?: boolean | undefined;
  wholeStack?: boolean | undefined;
}

/** Effects beside what was asked for. */
export function judgeEffects(effects: readonly ShownEffect[], request: StackRequest): JudgedEffect[] {
  return effects.map((effect) => {
    const isHere = ({ logicalId }: Finding) => logicalId === effect.logicalId;
    const [asked, others] = [request.asked.filter(isHere), request.others.filter(isHere)];
    const values = effect.values.map((value) => {
      const isMeant = asked.some(({ path }) => mayMean(path, value.path));
      return { ...value, asked: isMeant && !others.some(({ path }) => mayMean(path, value.path)) };
    });
    const foreign = request.foreign.filter(
      ({ parent, path }) => parent === effect.logicalId && effect.action !== 'sync' && touches(effect, path),
    );
    return { ...effect, values, asked: isAsked(effect, values, asked), foreign };
  });
}

function isAsked(effect: ShownEffect, values: JudgedEffect['values'], asked: readonly Finding[]): boolean {
  if (effect.action === 'sync') return true;
  if (effect.action === 'add') return effect.isGone && asked.some(({ kind }) => kind === 'deleted');
  if (effect.action !== 'modify') return false;
  // Without details nothing says that it is what was asked for.
  return values.length > 0 && values.every((each) => each.asked || each.change === 'sync');
}

/** Whether an effect may concern what stands at a path; one without details may concern everything. */
function touches({ values }: ShownEffect, path: string): boolean {
  return values.length === 0 || values.some((value) => mayMean(path, value.path));
}

/**
 * Whether two paths may mean the same place, or one in the other. Positions in lists differ between the template and
 * the cloud, so that each element of a list may be any other one.
 */
function mayMean(one: string, other: string): boolean {
  const [left, right] = [segments(one), segments(other)];
  if (one !== '' && !one.startsWith('/')) return one === other;
  for (const [index, key] of left.entries()) {
    const there = right[index];
    if (there === undefined || (isIndex(key) && isIndex(there))) return true;
    if (key !== there) return false;
  }
  return true;
}

function isIndex(key: string): boolean {
  return /^(?:\d+|-)$/.test(key);
}

/** Why a change set with these effects is not to be executed; none where it may be. */
export function refusalsOf(effects: readonly JudgedEffect[], stack: string, allowed: Allowed): Refusal[] {
  return effects.flatMap((effect): Refusal[] => {
    const { logicalId, type } = effect;
    const told: Refusal[] = effect.foreign.slice(0, 1).map((each) => ({
      code: 'foreign',
      logicalId,
      reason: `it may take away what ${each.logicalId} of stack ${each.stack} put into ${logicalId}${each.path}`,
      instead: 'undo the drift of this resource by its service, and leave what the other stack put there',
    }));
    const instead = 'allow it with --allow-replacement, or undo the drift by its service';
    if (!allowed.replacement && effect.replacement !== 'never') {
      const may = effect.replacement === 'maybe' ? 'may be' : 'would be';
      told.push({ code: 'replacement', logicalId, reason: `${logicalId} (${type}) ${may} replaced`, instead });
    }
    if (!allowed.replacement && effect.deletes && effect.replacement === 'never') {
      told.push({ code: 'deletion', logicalId, reason: `${logicalId} (${type}) would be deleted`, instead });
    }
    if (!allowed.wholeStack && !effect.asked) {
      told.push({
        code: 'more',
        logicalId,
        reason: `it also changes ${logicalId} (${type})${placesOf(effect)}, which was not asked for`,
        instead: `ask for all of stack ${stack} with --whole-stack, or adopt the rest into Git first`,
      });
    }
    return told;
  });
}

/** More places than these are counted. */
const NAMED = 3;

function placesOf({ values }: JudgedEffect): string {
  const paths = [...new Set(values.filter(({ asked }) => !asked).map(({ path }) => path))];
  if (paths.length === 0) return '';
  return ` at ${someOf(paths, NAMED)}`;
}

/** The findings that were asked for, and that a change set with these effects leaves as they are. */
export function notCovered(effects: readonly JudgedEffect[], { asked }: StackRequest): LeftOut[] {
  return asked.flatMap((finding): LeftOut[] => {
    const effect = effects.find(({ logicalId, action }) => logicalId === finding.logicalId && action !== 'sync');
    const isCovered =
      effect !== undefined &&
      (finding.kind === 'deleted' ? effect.action === 'add' : touches(effect, finding.path) && !effect.isUncompared);
    if (isCovered) return [];
    const left = effects
      .find(({ logicalId }) => logicalId === finding.logicalId)
      ?.ignored.find(({ path }) => mayMean(path, finding.path));
    const reason =
      left !== undefined ? `the change set leaves it alone: ${left.reason}` : 'the change set does nothing about it';
    const instead = 'undo it by the service itself, or adopt it with: gitops-drift patch';
    return [{ finding, code: 'notCovered', reason, instead }];
  });
}
