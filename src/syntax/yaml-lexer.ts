import { Lexer } from 'yaml';

/** Reads a part of a text and gives its lexemes; returns what comes next. */
type Reading = Generator<string, unknown, undefined>;

/** What the lexer of the library has besides its types. */
interface LexerParts {
  lex(source: string): Generator<string, void>;
  /** How far a line must be indented to go on with what stands above. */
  indentNext: number;
  parseFlowCollection(): Reading;
  parseQuotedScalar(): Reading;
}

const LibraryLexer = Lexer as unknown as new () => LexerParts;

/**
 * Parts a YAML text as readers of YAML 1.1 do, CloudFormation's among them: in brackets and in quotes the indentation of
 * lines says nothing (https://yaml.org/spec/1.2.2/#74-flow-styles asks for more of it). All else is as YAML 1.2 has it.
 */
export class LenientLexer extends LibraryLexer {
  override *parseFlowCollection(): Reading {
    return yield* this.#unindented(super.parseFlowCollection());
  }

  override *parseQuotedScalar(): Reading {
    return yield* this.#unindented(super.parseQuotedScalar());
  }

  *#unindented(reading: Reading): Reading {
    const { indentNext } = this;
    this.indentNext = 0;
    const next = yield* reading;
    this.indentNext = indentNext;
    return next;
  }
}
