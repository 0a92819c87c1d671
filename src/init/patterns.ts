import { groupBy } from '../base/group.js';
import type { SuggestedStack } from '../iac/suggestions.js';
import { except, listsOf, type Values } from './combinations.js';

/** Stacks that one entry of the configuration stands for. */
export interface StackPattern {
  stacks: readonly SuggestedStack[];
  /** Texts in which `{name}` stands for a value of `lists`. */
  name: string;
  template: string;
  region: string;
  account?: string;
  parametersFile?: string;
  parameters: ReadonlyMap<string, string>;
  /** The values that each name takes. */
  lists: ReadonlyMap<string, readonly string[]>;
  /** The combinations of them that there are not. */
  except: readonly Values[];
}

/** An entry of its own is read more easily than a pattern for fewer stacks. */
const FEWEST = 4;
/** Of the combinations of a pattern, as many at least are stacks. */
const LEAST_SHARE = 0.75;
/** As many combinations a configuration takes. */
const MOST = 10_000;
const ENVIRONMENT =
  /^(?:acc|acceptance|alpha|beta|ci|demo|dev\d*|develop(?:ment)?|int(?:egration)?|live|non-?prod|perf|pre-?prod|preview|prd|prod(?:uction)?|qa\d*|sandbox|sbx|sit|stable|stag(?:e|ing)|stg|test(?:ing)?\d*|tst|uat)$/i;

/** A place for a value is a character for private use; a stack in whose texts there are such is left alone. */
const FIRST_PLACE = 0xe000;
const PLACE = /[\uE000-\uF8FF]/;
const PLACES = /[\uE000-\uF8FF]/g;

/** Stacks that are alike but for the values of places. */
interface Draft {
  /** Texts by field, with places in them. */
  fields: ReadonlyMap<string, string>;
  places: readonly string[];
  members: readonly Member[];
}

interface Member {
  stack: SuggestedStack;
  /** By place. */
  values: Values;
}

/**
 * Finds stacks that one entry can stand for: their names are alike but for a part, and the rest of them is the same, or
 * differs in that part as well. Each stack is in one of the patterns, or in `others`.
 */
export function findPatterns(stacks: readonly SuggestedStack[]): {
  patterns: StackPattern[];
  others: SuggestedStack[];
} {
  const fit = stacks.filter((stack) => !PLACE.test(JSON.stringify(textsOf(stack))));
  let drafts = [...groupBy(fit.map(draftOf), keyOf).values()].flatMap(together);
  // A place for the whole name says least, so it comes last.
  for (const isWhole of [false, true]) {
    for (let round = 0, before = drafts.length + 1; drafts.length < before; round += 1) {
      before = drafts.length;
      drafts = mergedOnce(drafts, String.fromCharCode(FIRST_PLACE + 1 + round + (isWhole ? 1000 : 0)), isWhole);
    }
  }
  const patterns = drafts.filter(({ members }) => members.length >= FEWEST);
  const used = new Set(patterns.flatMap(({ members }) => members.map(({ stack }) => stack)));
  return { patterns: patterns.map(patternOf), others: stacks.filter((stack) => !used.has(stack)) };
}

const PARAMETER = 'parameter ';

/** What differs between stacks, by field. */
function textsOf(stack: SuggestedStack): [string, string][] {
  const { name, template, region, account, parametersFile, parameters = new Map<string, string>() } = stack;
  const texts = Object.entries({ name, template, region, account, parametersFile });
  const values = [...parameters].map(([key, value]): [string, string] => [`${PARAMETER}${key}`, value]);
  return [...texts, ...values].flatMap(([key, text]): [string, string][] => (text === undefined ? [] : [[key, text]]));
}

/** Every stack has a region, so that it is a place from the start. */
const REGION = String.fromCharCode(FIRST_PLACE);

function draftOf(stack: SuggestedStack): Draft {
  const { region } = stack;
  const fields = textsOf(stack).map(([key, text]) => [key, text.replace(wordPattern(region), REGION)] as const);
  return { fields: new Map(fields), places: [REGION], members: [{ stack, values: new Map([[REGION, region]]) }] };
}

function keyOf({ fields }: Pick<Draft, 'fields'>): string {
  return JSON.stringify([...fields]);
}

/** One draft of those that are the same but for the region. */
function together(drafts: readonly Draft[]): Draft[] {
  const [first] = drafts;
  return first === undefined ? [] : [{ ...first, members: drafts.flatMap(({ members }) => members) }];
}

/** A value where it is a word of its own. */
function wordPattern(value: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9])${value.replaceAll('-', '\\-')}(?![A-Za-z0-9])`, 'g');
}

/** A part of a draft that may become a place; drafts with the same `key` may be merged. */
interface Candidate {
  draft: Draft;
  value: string;
  /** How many words of the name stand before and behind it. */
  axis: string;
  key: string;
  /** The field in which it has to become a place, and the text of that field then. */
  field: string;
  text: string;
}

/** Merges the drafts that go together, the most alike first, each at most once. */
function mergedOnce(drafts: readonly Draft[], place: string, isWhole: boolean): Draft[] {
  const candidates = drafts.flatMap((draft) => candidatesOf(draft, place, isWhole));
  const groups = [...groupBy(candidates, ({ key }) => key).values()]
    .flatMap((group) => (group.length > 1 ? alike(group, place) : []))
    .sort((one, other) => other.length - one.length || compare(one[0]?.axis, other[0]?.axis));
  const merged = new Map<Draft, Draft>();
  const gone = new Set<Draft>();
  for (const group of groups) {
    const left = group.filter(({ draft }) => !merged.has(draft) && !gone.has(draft));
    const [first, ...others] = left;
    if (first === undefined || others.length === 0) continue;
    const draft = withMembers(first, left, place);
    if (draft === undefined) continue;
    merged.set(first.draft, draft);
    for (const other of others) gone.add(other.draft);
  }
  return drafts.filter((draft) => !gone.has(draft)).map((draft) => merged.get(draft) ?? draft);
}

/** The draft that several make; undefined where too many of its combinations are no stacks. */
function withMembers({ draft, fields }: Choice, choices: readonly Choice[], place: string): Draft | undefined {
  const members = choices.flatMap(({ draft: each, value }) =>
    each.members.map(({ stack, values }) => ({ stack, values: new Map([...values, [place, value]]) })),
  );
  const lists = listsOf(members.map(({ values }) => values));
  const size = [...lists.values()].reduce((product, { length }) => product * length, 1);
  if (size > MOST || members.length < LEAST_SHARE * size) return undefined;
  return { fields, places: [...draft.places, place], members };
}

function compare(one = '', other = ''): number {
  return one < other ? -1 : Number(one > other);
}

/** All runs of words of its name. */
function candidatesOf(draft: Draft, place: string, isWhole: boolean): Candidate[] {
  const { fields, places } = draft;
  const words = (fields.get('name') ?? '').split('-');
  const found: Omit<Candidate, 'draft' | 'key'>[] = [];
  for (const [start, first] of words.entries()) {
    for (let end = start + 1; end <= words.length && isWord(first) && isWord(words[end - 1]); end += 1) {
      if (isWhole !== (end - start === words.length)) continue;
      const text = [...words.slice(0, start), place, ...words.slice(end)].join('-');
      const axis = `${start}/${words.length - end}`;
      found.push({ value: words.slice(start, end).join('-'), axis, field: 'name', text });
    }
  }
  return found.map((each) => ({
    ...each,
    draft,
    key: JSON.stringify([each.field, each.text, [...fields.keys()], places]),
  }));
}

function isWord(word: string | undefined): boolean {
  return word !== undefined && word !== '' && !PLACE.test(word);
}

/** A draft as it is to be merged. */
interface Choice {
  draft: Draft;
  value: string;
  axis: string;
  fields: Map<string, string>;
}

/** Groups that can be merged: each other field is as it is, or has the value made a place, whichever more of them share. */
function alike(group: readonly Candidate[], place: string): Choice[][] {
  const counts = new Map<string, number>();
  const forms = group.map(({ draft, value, field, text }) => {
    const word = wordPattern(value);
    return [...draft.fields].map(([key, own]) => {
      const texts = key === field ? [text] : [...new Set([own, own.replace(word, place)])];
      for (const each of texts) counts.set(`${key} ${each}`, (counts.get(`${key} ${each}`) ?? 0) + 1);
      return { key, texts };
    });
  });
  const choices = group.map(({ draft, value, axis }, index): Choice => {
    const chosen = (forms[index] ?? []).map(({ key, texts }) => {
      const count = (text: string) => counts.get(`${key} ${text}`) ?? 0;
      return [key, texts.reduce((best, each) => (count(each) > count(best) ? each : best))] as const;
    });
    return { draft, value, axis, fields: new Map(chosen) };
  });
  return [...groupBy(choices, keyOf).values()].map(onceEach);
}

/** A name may have the same word twice. */
function onceEach(choices: readonly Choice[]): Choice[] {
  const seen = new Set<Draft>();
  return choices.filter(({ draft }) => !seen.has(draft) && seen.add(draft));
}

function patternOf(draft: Draft): StackPattern {
  const { fields, places, members } = withoutOnlyRegion(draft);
  const lists = listsOf(members.map(({ values }) => values));
  const names = placeNames(fields, places, lists);
  const named = <Value>(values: ReadonlyMap<string, Value>) =>
    new Map([...values].map(([place, value]) => [names.get(place) ?? place, value]));
  const texts = new Map(
    [...fields].map(([key, text]) => [
      key,
      text.replace(/[{}]/g, '$&$&').replace(PLACES, (place) => `{${names.get(place)}}`),
    ]),
  );
  const [account, parametersFile] = [texts.get('account'), texts.get('parametersFile')];
  return {
    stacks: members.map(({ stack }) => stack),
    name: texts.get('name') ?? '',
    template: texts.get('template') ?? '',
    region: texts.get('region') ?? '',
    ...(account === undefined ? {} : { account }),
    ...(parametersFile === undefined ? {} : { parametersFile }),
    parameters: new Map(
      [...texts].flatMap(([key, text]) =>
        key.startsWith(PARAMETER) ? [[key.slice(PARAMETER.length), text] as const] : [],
      ),
    ),
    lists: named(lists),
    except: except(
      lists,
      members.map(({ values }) => values),
    ).map(named),
  };
}

/** A region that all stacks are in is no place. */
function withoutOnlyRegion(draft: Draft): Draft {
  const [region = '', ...others] = new Set(draft.members.map(({ stack }) => stack.region));
  if (others.length > 0) return draft;
  const fields = new Map([...draft.fields].map(([key, text]) => [key, text.replaceAll(REGION, region)]));
  const members = draft.members.map(({ stack, values }) => {
    return { stack, values: new Map([...values].filter(([place]) => place !== REGION)) };
  });
  return { fields, places: draft.places.filter((place) => place !== REGION), members };
}

/** What places are called, by what their values are. */
function placeNames(
  fields: ReadonlyMap<string, string>,
  places: readonly string[],
  lists: ReadonlyMap<string, readonly string[]>,
): Map<string, string> {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const place of places) {
    const isEnvironment = lists.get(place)?.every((each) => ENVIRONMENT.test(each)) === true;
    const name = fields.get('region') === place ? 'region' : isEnvironment ? 'env' : 'name';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    names.set(place, count === 1 ? name : `${name}${count}`);
  }
  return names;
}
