/**
 * What kind of value stands at a place of a type; it decides how two values are compared there. What each does is in
 * `compare/meanings/`. `text` is what nothing else is known of: compared as written.
 */
export const MEANING_NAMES = [
  'text',
  'number',
  'boolean',
  'keyword',
  'identifier',
  'lower-identifier',
  'kms-key',
  'principal',
  'dns-name',
  'header-name',
  'hex',
  'ip-address',
  'cidr',
  'protocol',
  'weekly-window',
  'schedule',
  'duration',
  'whole-hour',
  'size',
  'version',
  'body',
  'body-format',
  'ssh-key',
  'access-string',
  'folder',
  'url',
  'trimmed',
  'engine-parameter',
] as const;

export type MeaningName = (typeof MEANING_NAMES)[number];

/** Where a meaning is known from: the schema's own enumeration or type, a word in its name, or what was mined. */
export type MeaningSource = 'enum' | 'type' | 'word' | 'mined';

/** The key under which a type keeps the paths of a meaning: `dns-name word`. */
export type MeaningKey = `${MeaningName} ${MeaningSource}`;

/** Takes a key apart; undefined for one that this version does not know. */
export function parseMeaningKey(key: string): { name: MeaningName; source: MeaningSource } | undefined {
  const [first, source] = key.split(' ');
  const name = MEANING_NAMES.find((each) => each === first);
  if (name === undefined || !isSource(source)) return undefined;
  return { name, source };
}

function isSource(text: string | undefined): text is MeaningSource {
  return text === 'enum' || text === 'type' || text === 'word' || text === 'mined';
}
