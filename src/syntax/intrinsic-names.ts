/** Intrinsics by their short tag. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const SHORT_TAGS: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'GetStackOutput', 'If', 'ImportValue']
    .concat(['Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform'])
    // These stand in Rules only, which say nothing of the desired state.
    .concat(['Contains', 'EachMemberEquals', 'EachMemberIn', 'RefAll', 'ValueOf', 'ValueOfAll'])
    .map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

/** The long name of a short tag, or undefined where there is no such intrinsic. */
export function shortTagName(tag: string): string | undefined {
  return SHORT_TAGS.get(tag);
}

/** Says what a misspelt tag may have meant. */
export function suggestTag(tag: string): string {
  const known = [...SHORT_TAGS.keys()];
  const near = nearest(tag.slice(0, 40), known);
  return near === undefined ? `CloudFormation knows ${known.join(' ')}` : `did you mean ${near}?`;
}

function nearest(tag: string, known: readonly string[]): string | undefined {
  const ranked = known.map((name) => ({ name, off: distance(name.toLowerCase(), tag.toLowerCase()) }));
  ranked.sort((left, right) => left.off - right.off);
  const [best] = ranked;
  return best !== undefined && best.off <= 2 ? best.name : undefined;
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
