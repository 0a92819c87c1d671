/**
 * Texts that are almost right: seeds in which pieces are cut out, repeated, swapped for hostile ones or for pieces of other
 * seeds. Each value is `{ kind, text }`, `kind` one of the keys of `seeds`.
 */
export function mutatedTexts(fc, seeds) {
  const all = Object.values(seeds).flat();
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof(fc.nat(4), fc.nat(4), fc.nat(40), fc.nat(2000)),
    piece: fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ maxLength: 12 }),
      fc.tuple(fc.constantFrom(...all), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(200)).map(pieceOf),
      fc.tuple(fc.constantFrom(...HOSTILE), fc.nat(300)).map(([text, times]) => text.repeat(times)),
    ),
  });
  const cut = fc
    .array(mutation, { minLength: 1, maxLength: 3 })
    .map((mutations) => (seed) => mutations.reduce(mutate, seed));
  const swapped = fc
    .array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...VALUES)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((swaps) => (seed) => swaps.reduce(swap, seed));
  return fc
    .constantFrom(...Object.keys(seeds))
    .chain((kind) => {
      const change = STRUCTURED.has(kind) ? fc.oneof(cut, { arbitrary: swapped, weight: 3 }) : cut;
      return fc.record({ kind: fc.constant(kind), seed: fc.constantFrom(...seeds[kind]), change });
    })
    .map(({ kind, seed, change }) => ({ kind, text: change(seed) }));
}

/** Kinds that are JSON, in which whole values are swapped, too. */
const STRUCTURED = new Set(['json', 'snapshot', 'live', 'report']);
const VALUES = [
  ...['toString', 'valueOf', 'toJSON', '__proto__', 'constructor', 'hasOwnProperty', 'length', 'then'].map(
    (key) => `{"${key}": 1}`,
  ),
  ...[
    'null',
    'true',
    '-0',
    '1e999',
    '""',
    '[]',
    '{}',
    '"a"',
    '[[]]',
    '[null]',
    '[{"Key": {}}]',
    '"\\u0000\\u202e"',
    '0.1',
    '123456789012345678901234567890',
  ],
  ...[
    '{"Ref": "AWS::NoValue"}',
    '{"Fn::Split": [",", "a,b"]}',
    '{"Fn::Cidr": ["10.0.0.0/16", 1.5, 8]}',
    '{"Fn::Select": [9, []]}',
    '{"Fn::If": [1, 2]}',
  ],
];

/** Swaps one value of a JSON text, counted from its beginning, for another one. */
function swap(text, [at, value]) {
  const starts = [...text.matchAll(/(?<=[:[,]\s{0,20})(?:"(?:[^"\\]|\\.)*"|-?\d+|true|false|null|\{\}|\[\])/g)];
  const match = starts[Math.floor(at * starts.length)];
  return match ? text.slice(0, match.index) + value + text.slice(match.index + match[0].length) : text;
}

/** What readers of such texts have stumbled over. */
const HOSTILE = [
  ...['toString', 'valueOf', 'toJSON', '__proto__', 'constructor', 'hasOwnProperty', 'length', 'then'].flatMap(
    (key) => [key, `{"${key}": 1}`],
  ),
  ...[
    'null',
    'true',
    '-0',
    '1e999',
    '0x1F',
    '012',
    '1:30',
    '.nan',
    '""',
    '[]',
    '{}',
    '[[',
    '{{',
    '}',
    ']',
    ',',
    ':',
    '"',
  ],
  ...[
    '- ',
    '? ',
    '&a ',
    '*a',
    '<<: *a\n',
    '!Sub ',
    '!GetAtt ',
    '!!binary ',
    '|\n',
    '>-\n',
    '# ',
    '---\n',
    '\t',
    '\r',
    '\u0000',
    '\ufeff',
  ],
  ...['\ud800', '\u202e', '${', '${!', '${AWS::Region}', '{"Ref": "AWS::NoValue"}', '{"Fn::Split": [",", "a,b"]}'],
  ...[
    '{"Fn::Select": [9, []]}',
    '{"Fn::Cidr": ["10.0.0.0/16", 1.5, 8]}',
    '{"Fn::If": [1, 2]}',
    '{"Fn::Join": [{}, []]}',
  ],
];

function pieceOf([text, at, length]) {
  const start = Math.floor(at * text.length);
  return text.slice(start, start + length);
}

function mutate(text, { at, length, piece }) {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + piece + text.slice(start + length);
}

/** Reads a text as what it should be; a `DriftError` is an answer, anything else that is thrown is a crash. */
export async function readAs({ kind, text }, { readers, DriftError }) {
  try {
    await readers[kind](text);
    return 'read';
  } catch (error) {
    if (error instanceof DriftError) return 'refused';
    throw error;
  }
}
