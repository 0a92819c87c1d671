import fc from 'fast-check';

/** Draws from an arbitrary. */
type Draw = fc.GeneratorValue;

/** A value in block style: what follows the key or dash on its line, and the lines below. */
interface Block {
  head: string;
  lines: string[];
}

const WORDS = [
  'web',
  'AWS::S3::Bucket',
  's3:GetObject',
  '10.0.0.0/16',
  '${A}-x',
  'two words',
  'é',
  'a:b',
  '-x',
  'it-is',
];
const QUOTED = ['', 'a: b', '#c', "it's", 'say "no"', '012', 'yes', '- x', ' a ', '{b}', 'x, y', 'C:\\temp', '🎉'];
const TYPED = ['1', '0', '-2.5', '1e3', '0123', 'true', 'False', 'yes', 'no', 'null', '~', '2012-10-17', '1.10', 'OFF'];
const KEYS = [
  'Name',
  'Type',
  'Value',
  'Key',
  'Tags',
  'a',
  'b',
  'c',
  'Fn::Custom',
  '"quoted"',
  "'single'",
  '"a b"',
  '200',
  'é',
];

/** Writes documents in mixed styles, as many hands would. */
class Writer {
  readonly #anchors: string[] = [];
  #names = 0;

  constructor(
    readonly draw: Draw,
    readonly step: number,
    readonly indentsLists: boolean,
    readonly hasAnchors: boolean,
  ) {}

  chance(percent: number): boolean {
    return this.draw(fc.integer, { min: 0, max: 99 }) >= 100 - percent;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.draw(fc.nat, { max: from.length - 1 })] as T;
  }

  size(most: number): number {
    return this.draw(fc.integer, { min: 1, max: most });
  }

  /** A map's lines at a column; the first without its indentation where that stands on a dash's line. */
  map(column: number, depth: number): string[] {
    const keys = [...new Set(Array.from({ length: this.size(4) }, () => this.pick(KEYS)))];
    return this.spaced(keys.length, column, (index) => this.entry(keys[index] ?? 'k', column, depth));
  }

  entry(key: string, column: number, depth: number): string[] {
    const { head, lines } = this.block('map', column, depth);
    const gap = this.chance(5) ? '   ' : ' ';
    return [`${' '.repeat(column)}${key}${this.chance(4) ? ' ' : ''}:${head && gap + head}`, ...lines];
  }

  list(column: number, depth: number): string[] {
    const gap = this.chance(10) ? '   ' : ' ';
    return this.spaced(this.size(4), column, () => {
      const { head, lines } = this.block('list', column, depth, gap.length);
      return [`${' '.repeat(column)}-${head && gap + head}`, ...lines];
    });
  }

  /** Members with comments and empty lines between them; the first begins at once. */
  spaced(count: number, column: number, member: (index: number) => string[]): string[] {
    return Array.from({ length: count }, (_, index) => {
      const lines = [...member(index)];
      if (index > 0 && this.chance(8)) lines.unshift(' '.repeat(column) + this.comment());
      if (index > 0 && this.chance(4)) lines.unshift('');
      return lines;
    }).flat();
  }

  comment(): string {
    return this.pick(['# comment', '# - a: b', '#', '# {x, y}']);
  }

  /** A value below a key or dash. Comments go where they can't become a part of a text. */
  block(holder: 'list' | 'map', column: number, depth: number, gap = 1): Block {
    const kind = depth <= 0 || this.chance(45) ? 'scalar' : this.pick(['map', 'list', 'map', 'flow', 'flow', 'tagged']);
    if (kind === 'scalar') return this.scalarBlock(column);
    if (kind === 'flow') return this.trailing({ head: this.anchored(() => this.flow(depth, column)), lines: [] });
    const below = column + (kind === 'list' && holder === 'map' && !this.indentsLists ? 0 : this.step);
    if (kind === 'tagged') return this.tagged(column + this.step, depth);
    const write = (at: number) => (kind === 'map' ? this.map(at, depth - 1) : this.list(at, depth - 1));
    if (holder === 'list' && this.chance(90)) {
      const at = column + 1 + gap;
      const [first = '', ...lines] = write(at);
      return { head: first.slice(at), lines };
    }
    const anchor = this.anchor(12);
    const comment = this.chance(10) ? this.comment() : '';
    const lines = write(holder === 'list' ? column + this.step : below);
    this.close(anchor);
    if (this.chance(8)) lines.unshift(' '.repeat(column + this.step) + this.comment());
    return { head: [anchor && `&${anchor}`, comment].filter(Boolean).join(' '), lines };
  }

  tagged(column: number, depth: number): Block {
    const tag = this.pick(['!Join', '!If', '!Sub', '!Select']);
    if (this.chance(50)) return this.trailing({ head: `${tag} ${this.flowList(depth - 1, column)}`, lines: [] });
    return { head: tag, lines: this.list(column, depth - 1) };
  }

  scalarBlock(column: number): Block {
    const kind = this.pick(['line', 'line', 'line', 'line', 'line', 'literal', 'folded', 'below', 'wrapped', 'empty']);
    const indent = ' '.repeat(column + this.step);
    if (kind === 'empty') return { head: this.chance(20) ? '# nothing' : '', lines: [] };
    if (kind === 'below') return { head: '', lines: [indent + this.scalar(false)] };
    if (kind === 'wrapped') return { head: 'a text that', lines: [`${indent}goes on here`, `${indent}and here`] };
    if (kind === 'line') return this.trailing({ head: this.anchored(() => this.scalar(false)), lines: [] });
    const header = (kind === 'literal' ? '|' : '>') + this.pick(['', '', '-', '+']) + (this.chance(8) ? ' # text' : '');
    const lines = [
      'first',
      ...Array.from({ length: this.size(3) }, () => this.pick(['{"a": 1}', '  deeper', '', '# no comment', '- x'])),
    ];
    if (!header.includes('+')) lines.push('last');
    return { head: header, lines: lines.map((line) => line && indent + line) };
  }

  trailing(block: Block): Block {
    return this.chance(12) ? { ...block, head: `${block.head} ${this.comment()}` } : block;
  }

  scalar(inFlow: boolean): string {
    const kind = this.pick(['word', 'word', 'typed', 'single', 'double', 'call', 'alias']);
    if (kind === 'alias' && this.#anchors.length > 0) return `*${this.pick(this.#anchors)}${inFlow ? ' ' : ''}`;
    if (kind === 'typed') return this.pick(TYPED);
    if (kind === 'single') return `'${this.pick(QUOTED).replaceAll("'", "''")}'`;
    if (kind === 'double') return JSON.stringify(this.pick(QUOTED));
    if (kind === 'call') return this.pick(['!Ref A', '!GetAtt A.Arn', '!Sub "${A}"', "!Sub '${A}-x'", '!Ref "A"']);
    return this.pick(WORDS.filter((word) => !inFlow || !/[{}]/.test(word)));
  }

  flow(depth: number, column: number): string {
    return this.chance(50) ? this.flowList(depth, column) : this.flowMap(depth, column);
  }

  flowList(depth: number, column: number): string {
    const items = this.chance(12)
      ? []
      : Array.from({ length: this.size(3) }, () => this.flowValue(depth - 1, column + this.step));
    return this.brackets('[', items, ']', column);
  }

  flowMap(depth: number, column: number): string {
    const keys = this.chance(12) ? [] : [...new Set(Array.from({ length: this.size(3) }, () => this.pick(KEYS)))];
    return this.brackets(
      '{',
      keys.map((key) => this.flowEntry(key, depth - 1, column + this.step)),
      '}',
      column,
    );
  }

  flowEntry(key: string, depth: number, column: number): string {
    const colon = key.startsWith('"') && this.chance(30) ? ':' : ': ';
    return `${key}${this.chance(4) ? ' ' : ''}${colon}${this.flowValue(depth, column)}`;
  }

  flowValue(depth: number, column: number): string {
    if (depth <= 0 || this.chance(60)) return this.anchored(() => this.scalar(true));
    return this.flow(depth, column);
  }

  brackets(open: string, members: string[], close: string, column: number): string {
    if (members.length === 0) return open + (this.chance(15) ? ' ' : '') + close;
    const indent = ' '.repeat(column + this.step);
    if (this.chance(25)) {
      const last = members.length - 1;
      const rows = members.map((member, index) => {
        const comma = index < last || this.chance(30) ? ',' : '';
        return `${indent}${member}${comma}${this.chance(12) ? ' # row' : ''}`;
      });
      return [open, ...rows, ' '.repeat(column + 1) + close].join('\n');
    }
    const padding = this.pick(['', '', ' ']);
    return open + padding + members.join(this.pick([', ', ', ', ',', ' , '])) + padding + close;
  }

  /** A value that may have an anchor; aliases to it come after it. */
  anchored(write: () => string): string {
    const anchor = this.anchor(6);
    const written = write();
    if (anchor === '' || written.startsWith('*')) return written;
    this.close(anchor);
    return `&${anchor} ${written}`;
  }

  anchor(percent: number): string {
    if (!this.hasAnchors || !this.chance(percent)) return '';
    this.#names += 1;
    return `x${this.#names}`;
  }

  close(anchor: string): void {
    if (anchor !== '') this.#anchors.push(anchor);
  }
}

/** YAML in mixed styles: block and brackets, quotes, blocks of text, comments, tags, anchors, line breaks of both kinds. */
export function yamlDocuments(): fc.Arbitrary<string> {
  return fc.gen().map((draw) => {
    const writer = new Writer(draw, draw(fc.constantFrom, 2, 2, 4), draw(fc.boolean), draw(fc.boolean));
    const lines = writer.map(0, 4);
    const text = (writer.chance(20) ? ['# head', '---', ...lines] : lines).join('\n');
    const ended = writer.chance(75) ? `${text}\n${writer.pick(['', '', '# end\n', '\n'])}` : text;
    const broken = writer.chance(20) ? ended.replaceAll('\n', '\r\n') : ended;
    return (writer.chance(8) ? '\uFEFF' : '') + broken;
  });
}
