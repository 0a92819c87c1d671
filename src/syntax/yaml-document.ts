import { type CollectionTag, type Document, type ParsedNode, parseDocument, type ScalarTag } from 'yaml';

/** More tags than CloudFormation has are not looked for. */
const MOST_TAGS = 50;

/**
 * Reads YAML as reading and editing templates need it: with tokens, which tell where everything stands, and with scalars
 * as their text (the failsafe schema), since which of them are numbers or booleans is CloudFormation's affair.
 */
export function readYamlDocument(text: string): Document.Parsed<ParsedNode> {
  return parseDocument<ParsedNode>(text, {
    keepSourceTokens: true,
    uniqueKeys: false,
    // With 'silent' a second document would be dropped without an error.
    logLevel: 'error',
    prettyErrors: false,
    schema: 'failsafe',
    customTags: tagsIn(text),
  });
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
