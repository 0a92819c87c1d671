import fc from 'fast-check';

/** JSON of every layout. */
export function jsonDocuments(): fc.Arbitrary<string> {
  const unit = fc.constantFrom('  ', '    ', '\t');
  const key = fc.constantFrom('Name', 'Type', 'Ref', 'Tags', 'Key', 'Value', 'a b', '', 'é');
  const { value } = fc.letrec<{ value: unknown; list: unknown; map: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('x', '1', '', 'é', 1, -2.5, true, null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    map: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  }));
  const root = fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 });
  const style = fc.record({
    unit,
    colon: fc.constantFrom(': ', ': ', ' : ', ':'),
    padding: fc.constantFrom('', ' '),
    lines: fc.func(fc.boolean()),
  });
  return fc
    .tuple(root, style, fc.constantFrom('', '\n'), fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '', '\uFEFF'))
    .map(
      ([json, layout, end, lineBreak, bom]) => bom + (writeJson(json, layout, '') + end).replaceAll('\n', lineBreak),
    );
}

interface JsonLayout {
  unit: string;
  colon: string;
  padding: string;
  lines: (...args: unknown[]) => boolean;
}

function writeJson(value: unknown, layout: JsonLayout, indent: string, mayBreak = true): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const breaks = mayBreak && layout.lines(value);
  const inner = breaks ? indent + layout.unit : indent;
  const members = Array.isArray(value)
    ? value.map((each) => writeJson(each, layout, inner, breaks))
    : Object.entries(value).map(
        ([key, each]) => JSON.stringify(key) + layout.colon + writeJson(each, layout, inner, breaks),
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return open + close;
  if (!breaks) return open + layout.padding + members.join(', ') + layout.padding + close;
  return `${open}\n${members.map((member) => inner + member).join(',\n')}\n${indent}${close}`;
}
