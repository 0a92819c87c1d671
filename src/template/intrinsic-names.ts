/** Intrinsics by their short tag. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const SHORT_TAGS: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'GetStackOutput', 'If', 'ImportValue']
    .concat(['Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'])
    .map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

/** The long name of a short tag, or undefined where there is no such intrinsic. */
export function shortTagName(tag: string): string | undefined {
  return SHORT_TAGS.get(tag);
}

/** Says what a misspelt tag may have meant. */
export function suggestTag(tag: string): string {
  const lower = tag.toLowerCase();
  const near = [...SHORT_TAGS.keys()].find((known) => distance(known.toLowerCase(), lower) <= 2);
  return near ? `did you mean ${near}?` : `CloudFormation knows ${[...SHORT_TAGS.keys()].join(' ')}`;
}

/** Levenshtein's distance of two short texts. */
function distance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const cost = left[row - 1] === right[column - 1] ? 0 : 1;
      const best = Math.min(previous[column] ?? 0, current[column - 1] ?? 0) + 1;
      current.push(Math.min(best, (previous[column - 1] ?? 0) + cost));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
