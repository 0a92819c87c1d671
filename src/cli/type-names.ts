import { DriftError, type Problem } from '../base/errors.js';
import { matchesGlob } from '../base/glob.js';

/** Of names that are like an unknown one, this many are told. */
const TOLD = 5;
/** Whose types are all known; others register types of their own. */
const LISTED = /^AWS::/;

/** Throws a `DriftError` (code `usage`) for globs of `--type` that no type of AWS matches: they would choose nothing. */
export async function mustBeTypes(globs: readonly string[] | undefined): Promise<void> {
  const listed = globs?.filter((glob) => LISTED.test(glob)) ?? [];
  if (listed.length === 0) return;
  const { DEFAULT_IAC } = await import('../iac/registry.js');
  const names = DEFAULT_IAC.types.names();
  const unknown = listed.filter((glob) => !names.some((name) => matchesGlob(glob, name)));
  if (unknown.length === 0) return;
  const problems = unknown.map(async (glob): Promise<Problem> => {
    const like = await typesLike(glob, names);
    const message = `--type ${glob}: no resource type of AWS matches it`;
    return {
      code: 'usage-bad-value',
      message,
      ...(like.length > 0 ? { hint: `did you mean ${like.join(', ')}?` } : {}),
    };
  });
  throw new DriftError('usage', await Promise.all(problems));
}

/** The names that a mistyped one is a part of, or else the closest ones. */
export async function typesLike(name: string, names: readonly string[]): Promise<string[]> {
  const { closest } = await import('../base/closest.js');
  const word = name.toLowerCase();
  const containing = names.filter((each) => each.toLowerCase().includes(word));
  if (word !== '' && containing.length > 0) return containing.slice(0, TOLD);
  const found: string[] = [];
  while (found.length < TOLD) {
    const next = closest(
      name,
      names.filter((each) => !found.includes(each)),
    );
    if (next === undefined) break;
    found.push(next);
  }
  return found;
}
