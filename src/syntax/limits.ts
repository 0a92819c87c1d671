/**
 * Bounds against input that would exhaust time or memory, each far above what a template of the greatest size that a
 * service takes needs.
 */
export const MAX_CHARACTERS = 2_000_000;
/** Nesting, aliases followed. */
export const MAX_DEPTH = 200;
export const TOO_DEEP = `nested deeper than ${MAX_DEPTH} levels`;
/** Values, aliases followed. */
export const MAX_NODES = 500_000;
export const TOO_MANY = `more than ${MAX_NODES} values`;
/** Words, signs and line breaks of a YAML text. A template of 1 MB has about 200,000. */
export const MAX_LEXEMES = 400_000;
export const TOO_MANY_LEXEMES = `more than ${MAX_LEXEMES} words, signs and line breaks`;
/** Problems told at once. */
export const MAX_PROBLEMS = 100;
