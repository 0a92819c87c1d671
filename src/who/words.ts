/** The words of a name in one of the usual spellings, in lower case and the singular: `[disable, key, rotation]`. */
export function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]{2,}(?=[A-Z][a-z]|\d|$|[^A-Za-z])|[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? []).map((word) =>
    singular(word.toLowerCase()),
  );
}

function singular(word: string): string {
  return word.replace(/ies$/, 'y').replace(/(?<=[^su])s$/, '');
}

/** A name without what spellings differ in. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Words that say nothing of what an operation changes of a thing. */
const EMPTY = new Set(
  'attribute code config configuration detail metadata option property resource setting value with'.split(' '),
);

/** Operations that switch a thing on or off, or move it on, by their verbs. */
const SWITCHES = new Set(['enable', 'disable', 'start', 'stop', 'reboot', 'cancel', 'publish', 'promote']);
const STATES = ['enable', 'enabled', 'disabled', 'state', 'status'];
const TAGS = new Set(['tag', 'untag']);

/** What is left of an operation's name without its verb, the thing's own name, and words that say nothing. */
export function aboutOf(operation: string, thing: string): string[] {
  const [verb = '', ...words] = wordsOf(operation);
  if (TAGS.has(verb) || words.some((word) => TAGS.has(word))) return ['tag'];
  const own = new Set(wordsOf(thing));
  const about = words.filter((word) => !own.has(word) && !EMPTY.has(word));
  return about.length === 0 && SWITCHES.has(verb) ? STATES : about;
}
