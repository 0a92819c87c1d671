import {
  type CollectionTag,
  Composer,
  type Document,
  type ParsedNode,
  Parser,
  parseDocument,
  type ScalarTag,
} from 'yaml';
import { keepLast } from '../base/keep-last.js';
import { LenientLexer } from './yaml-lexer.js';

/** So many characters of texts are remembered, the last ones; each takes about 80 bytes as a document. */
const MOST_CHARACTERS = 500_000;
/** More tags than CloudFormation has are not looked for. */
const MOST_TAGS = 50;

/**
 * Reads YAML as reading and editing templates need it: with tokens, which tell where everything stands, and with scalars
 * as their text (the failsafe schema), since which of them are numbers or booleans is CloudFormation's affair. What only
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
  const strict = parseDocument<ParsedNode>(text, options);
  if (strict.errors.length === 0) return strict;
  const [lenient, ...others] = new Composer<ParsedNode>(options).compose(tokensOf(text), true, text.length);
  return lenient && lenient.errors.length + others.length === 0 ? lenient : strict;
}

function* tokensOf(text: string): ReturnType<Parser['parse']> {
  const parser = new Parser();
  for (const lexeme of new LenientLexer().lex(text)) yield* parser.next(lexeme);
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
