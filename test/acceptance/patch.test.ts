import { expect, test } from '@jest/globals';
import { lazily } from '../../src/base/lazily.js';
import { describeShared, sharedLines } from '../support/shared.js';
import { everyLeafChanged, type Mutation, mutationsOf } from './mutations.js';
import { compareCase, type RecordedCase } from './recorded-cases.js';
import { STYLES } from './recorded-project.js';
import { type Outcome, roundTrip, type Trip } from './round-trip.js';

const FILE = 'recorded/cases.jsonl.gz';
/** All changes with ROUND_TRIPS=all, which takes some minutes; else one of so many. */
const SAMPLE = process.env['ROUND_TRIPS'] === 'all' ? 1 : 16;
const STACKS_A_REPOSITORY = 400;

describeShared(FILE, 'patches of recorded resources, applied by Git', () => {
  test.each([
    ['written as literals', false],
    ['given through functions', true],
  ])(
    'leave nothing behind and change nothing else: %s',
    async (title, functions) => {
      const trips = await tripsOf(functions);
      const outcomes: Outcome[] = [];
      for (let at = 0; at < trips.length; at += STACKS_A_REPOSITORY) {
        outcomes.push(...(await roundTrip(trips.slice(at, at + STACKS_A_REPOSITORY))));
      }
      const kinds = [...new Set(trips.map(({ mutation }) => mutation.kind))];
      const lines = kinds.map((kind) => figuresOf(kind, outcomes));
      process.stderr.write(
        `patches, ${title}:\n${[...lines, unusedLine(outcomes), ...reasonsOf(outcomes)].join('\n')}\n`,
      );

      for (const kind of kinds) expect([kind, patchableShare(ofKind(outcomes, kind)) >= 0.98]).toEqual([kind, true]);
      expect(patched(outcomes).flatMap((each) => each.wrong.map((text) => `${nameOf(each)}: ${text}`))).toEqual([]);
      expect(patched(outcomes).filter(isUntold).map(nameOf)).toEqual([]);
      // A call that becomes a literal may have taken several lines.
      if (!functions) expect(scalars(outcomes).filter(isLong).map(nameOf)).toEqual([]);
    },
    900_000,
  );
});

/** A change of a recorded resource, and its number among all of them. */
interface Sampled {
  index: number;
  one: RecordedCase;
  mutation: Mutation;
}

/** The changes that are tried: the same ones for each way to write a template. */
const sample = lazily(async () => {
  const sampled: Sampled[] = [];
  let count = 0;
  for (const one of sharedLines<RecordedCase>(FILE).filter(({ drift }) => drift.length === 0)) {
    const { unverifiable } = await compareCase(one);
    const open = unverifiable.map(({ path }) => path);
    const mutations = mutationsOf(one, open);
    for (const make of [...mutations.map((each) => () => each), ...everyLeafChanged(one, mutations)]) {
      if (count % SAMPLE === 0) sampled.push({ index: count, one, mutation: make() });
      count += 1;
    }
  }
  return sampled;
});

async function tripsOf(functions: boolean): Promise<Trip[]> {
  return (await sample()).flatMap(({ index, one, mutation }) => {
    const [style] = STYLES.slice(Math.floor(index / SAMPLE) % STYLES.length);
    return style ? [{ name: `stack-${index}`, one, style, functions, live: mutation.live, mutation }] : [];
  });
}

type Patched = Extract<Outcome, { status: 'patched' }>;

function patched(outcomes: readonly Outcome[]): Patched[] {
  return outcomes.filter((each): each is Patched => each.status === 'patched');
}

function ofKind(outcomes: readonly Outcome[], kind: string): Outcome[] {
  return outcomes.filter(({ trip }) => trip.mutation.kind === kind);
}

function isSecret(outcome: Outcome): boolean {
  return outcome.status === 'refused' && /^(?:it holds|a diff of it would show) a secret/.test(outcome.reason);
}

/** Of what may be patched; secrets are refused on purpose. */
function patchableShare(outcomes: readonly Outcome[]): number {
  const refused = outcomes.filter((each) => each.status === 'refused' && !isSecret(each)).length;
  const count = patched(outcomes).length;
  return count + refused === 0 ? 1 : count / (count + refused);
}

/** One value of one line for another. */
function scalars(outcomes: readonly Outcome[]): Patched[] {
  return patched(outcomes).filter(({ findings }) =>
    findings.every(({ desired, live }) => [desired, live].every((value) => /^[^{[]/.test(lineOf(value)))),
  );
}

function lineOf(value: unknown): string {
  const text = JSON.stringify(value) ?? '[]';
  return text.includes('\\n') ? '[]' : text;
}

function isLong({ findings, removed, added }: Patched): boolean {
  return removed > findings.length || added > findings.length;
}

function nameOf({ trip: { mutation, one, style } }: Outcome): string {
  return `${mutation.kind}, ${one.type} ${mutation.expected}, ${style.name}`;
}

function figuresOf(kind: string, all: readonly Outcome[]): string {
  const outcomes = ofKind(all, kind);
  const count = (status: Outcome['status']) => outcomes.filter((each) => each.status === status).length;
  const secrets = outcomes.filter(isSecret).length;
  const done = patched(outcomes);
  const clean = done.filter(({ wrong }) => wrong.length === 0).length;
  const ones = scalars(outcomes);
  return [
    `  ${kind}: patchable ${done.length} of ${done.length + count('refused') - secrets}`,
    `clean ${clean} of ${done.length}`,
    `one line for one ${ones.filter((each) => !isLong(each)).length} of ${ones.length}`,
    `secrets ${secrets}`,
    `nothing found ${count('no finding')}`,
  ].join(', ');
}

function unusedLine(outcomes: readonly Outcome[]): string {
  const literal = patched(outcomes).filter(({ findings }) =>
    findings.some(({ patch }) => /becomes? (?:a literal|literals)/.test(patch.note ?? '')),
  );
  const unused = patched(outcomes).filter(({ unused: names }) => names.length > 0);
  return `  references that became literals ${literal.length}, parameters left unused ${unused.length}, untold ${unused.filter(isUntold).length}`;
}

/** Whether a parameter is left over that no note names. */
function isUntold({ findings, unused }: Patched): boolean {
  const notes = findings.map(({ patch }) => patch.note ?? '');
  return !unused.every((name) => notes.some((note) => note.includes(`parameter ${name} is unused then`)));
}

function reasonsOf(outcomes: readonly Outcome[]): string[] {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    if (outcome.status === 'refused') counts.set(outcome.reason, (counts.get(outcome.reason) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => `  refused ${count}: ${reason}`);
}
