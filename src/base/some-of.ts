/** The first of some names, and how many more there are: `a, b, c and 4 more`. */
export function someOf(names: readonly (string | number)[], most: number): string {
  const left = names.length - most;
  return `${names.slice(0, most).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}
