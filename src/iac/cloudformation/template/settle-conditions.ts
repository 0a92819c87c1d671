import { beginEvaluation } from './evaluation.js';
import { namedCondition } from './intrinsics/conditions.js';
import type { Template } from './parse.js';
import type { EvaluationInputs, Question, Truth } from './scope.js';

/** A template and what it is evaluated with. */
export interface Version {
  template: Template;
  inputs: EvaluationInputs;
}

/** What is known of the conditions of a deployed template, whatever they are made of. */
export interface Evidence extends Version {
  truths: ReadonlyMap<string, boolean>;
}

/** A condition of one of two templates, and what its truth hangs on. */
interface Asking {
  name: string;
  version: Version;
  /** Of a condition of the deployed template. */
  truth?: boolean;
  questions: readonly Question[];
}

/** More answers than this are not tried out together. */
const MOST_QUESTIONS = 10;

/**
 * The conditions of a template that can't be evaluated, and that can only be as they are for the deployed template to have
 * the truths that it has. All answers to what is not known (a NoEcho parameter is blank) are tried; where those that agree
 * with the evidence leave one truth of a condition, it is settled. Contradictory evidence settles nothing.
 */
export function settleConditions(version: Version, evidence: () => Evidence | undefined): Map<string, boolean> {
  const settled = new Map<string, boolean>();
  const open = doubtful(version);
  const known = open.length === 0 ? undefined : evidence();
  if (known === undefined || known.truths.size === 0) return settled;
  const deployed = [...known.truths].map(([name, truth]) => ({ ...asking(name, known), truth }));
  for (const group of connected([...deployed, ...open.map((name) => asking(name, version))])) {
    const wanted = group.filter(({ truth }) => truth === undefined).map(({ name }) => name);
    for (const [name, truth] of wanted.length === 0 ? [] : agreed(group, version, known)) settled.set(name, truth);
  }
  return settled;
}

function doubtful(version: Version): string[] {
  const scope = beginEvaluation(version.template, version.inputs);
  const names = [...scope.evaluation.conditions.keys()];
  return names.filter((name) => typeof truthIn(version, name, scope) !== 'boolean');
}

function truthIn({ template }: Version, name: string, scope: ReturnType<typeof beginEvaluation>): Truth {
  return namedCondition(name, template.root, scope, 'Conditions');
}

function asking(name: string, version: Version): Asking {
  const asked = new Map<string, Question>();
  truthIn(version, name, beginEvaluation(version.template, version.inputs, { answers: new Map(), asked }));
  return { name, version, questions: [...asked.values()] };
}

/** Conditions that ask the same, or about the same unknown value, together. */
function connected(all: readonly Asking[]): Asking[][] {
  let groups: { members: Asking[]; topics: Set<string> }[] = [];
  for (const each of all) {
    const topics = new Set(each.questions.flatMap(({ key, unknown }) => [key, ...(unknown ? [unknown] : [])]));
    const touching = groups.filter((group) => [...topics].some((topic) => group.topics.has(topic)));
    const merged = {
      members: [...touching.flatMap(({ members }) => members), each],
      topics: new Set([...touching.flatMap((group) => [...group.topics]), ...topics]),
    };
    groups = [...groups.filter((group) => !touching.includes(group)), merged];
  }
  return groups.map(({ members }) => members);
}

/** The truths of this version's conditions on which all answers agree that the evidence allows. */
function agreed(group: readonly Asking[], version: Version, evidence: Version): Map<string, boolean> {
  const questions = [...new Map(group.flatMap((each) => each.questions).map((each) => [each.key, each])).values()];
  const found = new Map<string, Truth[]>();
  for (const answers of questions.length > MOST_QUESTIONS ? [] : possibleAnswers(questions)) {
    const then = new Map(
      [version, evidence].map((each) => [
        each,
        beginEvaluation(each.template, each.inputs, { answers, asked: new Map() }),
      ]),
    );
    const truths = group.map((each) => {
      const scope = then.get(each.version);
      return { ...each, now: scope && truthIn(each.version, each.name, scope) };
    });
    if (truths.some(({ truth, now }) => truth !== undefined && now === !truth)) continue;
    for (const { name, truth, now } of truths) {
      if (truth === undefined && now !== undefined) found.set(name, [...(found.get(name) ?? []), now]);
    }
  }
  return new Map(
    [...found].flatMap(([name, [first, ...others]]): [string, boolean][] =>
      typeof first === 'boolean' && others.every((truth) => truth === first) ? [[name, first]] : [],
    ),
  );
}

/** All ways to answer some questions; one unknown value is not equal to two texts. */
function possibleAnswers(questions: readonly Question[]): Map<string, boolean>[] {
  let ways: Map<string, boolean>[] = [new Map()];
  for (const { key, unknown, known } of questions) {
    const rivals = questions.filter((other) => other.unknown === unknown && areUnlike(other.known, known));
    ways = ways.flatMap((way) => {
      const no = new Map(way).set(key, false);
      const isTaken = unknown !== undefined && rivals.some((rival) => way.get(rival.key));
      return isTaken ? [no] : [no, new Map(way).set(key, true)];
    });
  }
  return ways;
}

/** Whether two texts are certain to be two: CloudFormation returns what is not ASCII as `?`, and numbers in several forms. */
function areUnlike(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined || one === other) return false;
  return [one, other].every((text) => /^[\p{ASCII}]*$/u.test(text) && !text.includes('?') && !/\d/.test(text));
}
