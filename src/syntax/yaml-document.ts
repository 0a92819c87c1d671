import {
  type CollectionTag,
  Composer,
  type Document,
  Lexer,
  type ParsedNode,
  Parser,
  type ScalarTag,
  YAMLParseError,
} from 'yaml';
import { keepLast } from '../base/keep-last.js';
import { MAX_DEPTH, MAX_LEXEMES, TOO_DEEP, TOO_MANY_LEXEMES } from './limits.js';
import { LenientLexer } from './yaml-lexer.js';

/** So many characters of texts are remembered, the last ones; each takes about 80 bytes as a document. */
const MOST_CHARACTERS = 250_000;
/** Collections that may be open at once; converting tells exactly how deep they are, aliases followed. */
const MOST_OPEN = 2 * MAX_DEPTH;
/** More tags than any dialect has are not looked for. */
const MOST_TAGS = 50;

/**
 * Reads YAML as reading and editing templates need it: with tokens, which tell where everything stands, and with scalars
 * as their text (the failsafe schema), since which of them are numbers or booleans is `literal.ts`' affair. What only
 * readers of YAML 1.1 take is read as they do; what they don't take either has the errors of YAML 1.2.
 */
export function readYamlDocument(text: string): Document.Parsed<ParsedNode> {
  return remembered(text, () => parse(text));
}

/** A template is read for its values, and again to edit it. Nobody changes a document. */
const remembered = keepLast<string, Document.Parsed<ParsedNode>>(MOST_CHARACTERS, (text) => text.length);

function parse(text: string): Document.Parsed<ParsedNode> {
  const options = {
    keepSourceTokens: true,
    uniqueKeys: false,
    // With 'silent' a second document would be dropped without an error.
    logLevel: 'error',
    prettyErrors: false,
    schema: 'failsafe',
    customTags: tagsIn(text),
  } as const;
  const strict = oneDocument(text, new Lexer(), options);
  if (strict.errors.length === 0) return strict;
  const lenient = oneDocument(text, new LenientLexer(), options);
  return lenient.errors.length === 0 ? lenient : strict;
}

type Options = ConstructorParameters<typeof Composer>[0];
/** A lexer of the library, or our own in its place. */
type Lexing = { lex(source: string): Iterable<string> };

function oneDocument(text: string, lexer: Lexing, options: Options): Document.Parsed<ParsedNode> {
  const [document, second] = withoutTraces(() => {
    const [first, next] = new Composer<ParsedNode>(options).compose(tokensOf(text, lexer), true, text.length);
    return [first, next];
  });
  if (document === undefined) throw new Error('the composer gives a document for any text');
  if (second) {
    const message = 'Source contains multiple documents';
    document.errors.push(new YAMLParseError(second.range.slice(0, 2) as [number, number], 'MULTIPLE_DOCS', message));
  }
  return document;
}

/** Nobody asks where in the parser an error of a text was made; noting it takes longer than reading the text. */
function withoutTraces<Result>(read: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return read();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The tokens of a text. What is nested too deeply, or too much, is an error instead: documents are composed by recursion. */
function* tokensOf(text: string, lexer: Lexing): ReturnType<Parser['parse']> {
  const parser = new Parser();
  let lexemes = 0;
  for (const lexeme of lexer.lex(text)) {
    yield* parser.next(lexeme);
    lexemes += 1;
    if (parser.stack.length <= MOST_OPEN && lexemes <= MAX_LEXEMES) continue;
    const message = lexemes > MAX_LEXEMES ? TOO_MANY_LEXEMES : TOO_DEEP;
    yield { type: 'error', offset: parser.offset, message, source: '' };
    return;
  }
  yield* parser.end();
}

/** The tags that occur, without a meaning: of each one that it does not know the parser would make a warning, at a cost. */
function tagsIn(text: string): (ScalarTag | CollectionTag)[] {
  const tags = new Set(text.match(/(?<![\w!])![A-Za-z]\w*/g));
  return [...tags].slice(0, MOST_TAGS).flatMap((tag) => [
    { tag, resolve: (value: string) => value },
    { tag, collection: 'map' as const },
    { tag, collection: 'seq' as const },
  ]);
}
