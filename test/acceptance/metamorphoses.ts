import { isObject, type Json, type JsonObject } from '../../src/base/json.js';
import { replaced } from './mutations.js';
import type { RecordedCase } from './recorded-cases.js';
import { placesOf, type RecordedPlace } from './recorded-places.js';

/** A resource that was changed on one side or both, and whether that has to be found. */
export interface Metamorphosis {
  kind: string;
  /** The declared path that it is about. */
  path: string;
  one: RecordedCase;
  found: boolean;
  /** What was done, for people. */
  told: string;
}

/** Numbers from 0 to 1, the same ones in each run. */
export type Random = () => number;

/** Numbers of a linear congruential generator. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Everything that is tried on a recorded resource. Nothing is tried at the `open` paths, which can't be verified. */
export function metamorphosesOf(one: RecordedCase, open: readonly string[], random: Random): Metamorphosis[] {
  const all = placesOf(one);
  const places = all.filter(({ place: { path } }) => !open.some((each) => `${path}/`.startsWith(`${each}/`)));
  const leaves = places.filter(({ meaning, desired }) => meaning !== undefined && typeof desired === 'string');
  return [
    ...shuffled(one, all, random),
    ...places.flatMap((place) => otherText(one, place, random)),
    ...leaves.flatMap((place) => otherCase(one, place)),
    ...places.flatMap((place) => swapped(one, place)),
    ...leaves.flatMap((place) => shorterDecimal(one, place)),
    ...leaves.flatMap((place) => composed(one, place)),
    ...places.flatMap((place) => respeltSet(one, place, places, random)),
  ];
}

/** Every set and every map in another order, on one side and on the other: nothing. */
function shuffled(one: RecordedCase, places: readonly RecordedPlace[], random: Random): Metamorphosis[] {
  const sets = places.filter(({ list }) => list === 'set' || list === 'bag');
  const told = `${sets.length} sets and all maps`;
  const live = withShuffled(one.live, new Set(sets.map(({ livePath }) => livePath)), random, '');
  const declared = withShuffled(one.declared, new Set(sets.map(({ place }) => place.path)), random, '');
  return [
    { kind: 'shuffled', path: '', one: { ...one, live: live as JsonObject }, found: false, told: `live: ${told}` },
    { kind: 'shuffled', path: '', one: { ...one, declared: declared as JsonObject }, found: false, told },
  ];
}

function withShuffled(value: Json, sets: ReadonlySet<string>, random: Random, path: string): Json {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => withShuffled(item, sets, random, `${path}/${index}`));
    return sets.has(path) ? shuffle(items, random) : items;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => [
    key,
    withShuffled(item, sets, random, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  ]);
  return Object.fromEntries(shuffle(entries, random));
}

function shuffle<T>(items: readonly T[], random: Random): T[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item);
}

/** A document that is a text, with its keys in another order and other blanks: nothing. */
function otherText(
  one: RecordedCase,
  { place, livePath, live, meaning }: RecordedPlace,
  random: Random,
): Metamorphosis[] {
  if (meaning !== undefined || typeof live !== 'string') return [];
  const text = JSON.stringify(withShuffled(JSON.parse(live) as Json, new Set(), random, ''), null, 3);
  const changed = { ...one, live: replaced(one.live, livePath, text) };
  return [{ kind: 'document text shuffled', path: place.path, one: changed, found: false, told: text }];
}

/** Free text, and what only identifies, in another case: found. */
function otherCase(
  one: RecordedCase,
  { place, livePath, live, meaning, isTransformed }: RecordedPlace,
): Metamorphosis[] {
  const tellsCase = meaning === 'text' || meaning === 'identifier';
  if (typeof live !== 'string' || !tellsCase || isTransformed) return [];
  const other = live === live.toUpperCase() ? live.toLowerCase() : live.toUpperCase();
  if (other === live) return [];
  const changed = { ...one, live: replaced(one.live, livePath, other) };
  return [
    {
      kind: `case of ${meaning === 'text' ? 'free text' : meaning}`,
      path: place.path,
      one: changed,
      found: true,
      told: `${live} → ${other}`,
    },
  ];
}

/** Two neighbours in another order where order matters: found. */
function swapped(one: RecordedCase, { place, livePath, live, list }: RecordedPlace): Metamorphosis[] {
  if (list !== 'ordered' || !Array.isArray(live)) return [];
  return live.slice(1).flatMap((second, index): Metamorphosis[] => {
    const first = live[index] ?? null;
    if (JSON.stringify(first) === JSON.stringify(second)) return [];
    const items = live.map((item, at) => (at === index ? second : at === index + 1 ? first : item));
    const changed = { ...one, live: replaced(one.live, livePath, items) };
    return [{ kind: 'swapped', path: place.path, one: changed, found: true, told: `${index} and ${index + 1}` }];
  });
}

/** Where a text is a number to the service, or may be transformed to one. */
const NUMERIC = new Set(['number', 'size', 'duration', 'engine-parameter', 'whole-hour']);

/** `1.10` on both sides is the same; `1.1` is another text. */
function shorterDecimal(
  one: RecordedCase,
  { place, livePath, meaning = '', isTransformed }: RecordedPlace,
): Metamorphosis[] {
  if (NUMERIC.has(meaning) || isTransformed) return [];
  const declared = replaced(one.declared, place.path, '1.10');
  const what = place.isAuthors ? "the author's text" : meaning === 'text' ? 'free text' : 'another text';
  return ['1.10', '1.1'].map((live) => ({
    kind: `1.10 and ${live} as ${what}`,
    path: place.path,
    one: { ...one, declared, live: replaced(one.live, livePath, live) },
    found: live === '1.1',
    told: `${live}, ${meaning}`,
  }));
}

/** Two spellings of one value that take two forms each, by meaning. */
const COMPOSED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'dns-name': [
    ['WWW.Example.com.', 'www.example.COM'],
    ['\\052.Example.com', '*.example.com.'],
  ],
  'lower-identifier': [
    ['arn:aws:logs:us-east-1:111111111111:log-group:Shop:*', 'arn:aws:logs:us-east-1:111111111111:log-group:shop'],
  ],
  identifier: [['arn:aws:logs:{region}:{accountId}:log-group:shop:*', 'shop']],
  size: [
    ['2 GB', '2048.0'],
    ['0.5 vCPU', '512.00'],
  ],
  duration: [['pt60m', 'PT1H']],
  schedule: [
    ['RATE(60  minutes)', 'rate(1 hour)'],
    ['CRON(0  12 * * ? *)', 'cron(0 12 * * ? *)'],
  ],
  cidr: [['2001:DB8:0::5/64', '2001:db8::/64']],
  'ip-address': [['2001:DB8:0::5', '2001:db8::5']],
  hex: [['AB:CD:0F', 'abcd0f']],
  url: [['https://id.example.com/', 'id.example.com']],
  'ssh-key': [[' ssh-ed25519 AAAAC3Nz one ', 'ssh-ed25519 AAAAC3Nz']],
  'engine-parameter': [
    ['ON', '1.0'],
    ['False', '0.00'],
  ],
  body: [['b: 1\na: [x, y]\n', '{"a":["x","y"],"b":1}']],
};

/** Two forms at one place, on either side: nothing. */
function composed(one: RecordedCase, { place, livePath, meaning = '' }: RecordedPlace): Metamorphosis[] {
  const { region, accountId } = one.context;
  const fill = (text: string) => text.replace('{region}', region).replace('{accountId}', accountId);
  return (COMPOSED[meaning] ?? []).flatMap((pair) =>
    [pair, pair.toReversed()].map(([left = '', right = '']) => {
      const declared = replaced(one.declared, place.path, fill(left));
      const live = replaced(one.live, livePath, fill(right));
      const told = `${fill(left)} | ${fill(right)}`;
      return { kind: `composed at ${meaning}`, path: place.path, one: { ...one, declared, live }, found: false, told };
    }),
  );
}

/** How a value is spelt otherwise, by meaning, whatever it is. */
const RESPELT: Readonly<Record<string, (text: string) => string>> = {
  'dns-name': (text) => (/^[\w*-]+(?:\.[\w*-]+)+$/.test(text) ? `${text.toUpperCase()}.` : text),
  'lower-identifier': (text) => text.toUpperCase(),
  keyword: (text) => (text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase()),
  protocol: (text) => text.toUpperCase(),
  'header-name': (text) => text.toUpperCase(),
};

/** A set in another order, each element in another spelling: nothing. */
function respeltSet(
  one: RecordedCase,
  { place, livePath, list, live }: RecordedPlace,
  places: readonly RecordedPlace[],
  random: Random,
): Metamorphosis[] {
  if (list !== 'set' || !Array.isArray(live)) return [];
  const within = places.filter((each) => each.livePath.startsWith(`${livePath}/`) && typeof each.live === 'string');
  const changes = within.flatMap((each) => {
    const respell = RESPELT[each.meaning ?? ''];
    return respell === undefined || typeof each.live !== 'string' ? [] : [{ ...each, other: respell(each.live) }];
  });
  if (changes.every((each) => each.other === each.live)) return [];
  const respelt = changes.reduce((all, each) => replaced(all, each.livePath, each.other), one.live);
  const changed = withShuffled(respelt, new Set([livePath]), random, '') as JsonObject;
  const told = changes.map((each) => each.other).join(', ');
  return [{ kind: 'set respelt', path: place.path, one: { ...one, live: changed }, found: false, told }];
}
