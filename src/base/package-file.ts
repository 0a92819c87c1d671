/**
 * The address of a file of this package, by its path from the package's root. Sources and what is built of them both lie
 * two folders below it, bundles too.
 */
export function packageFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
