import { describe, expect, test } from '@jest/globals';
import { commentsIn } from '../../../../src/syntax/comments.js';

/** Each comment with the word that it stands at; `- word` for the list item that begins with it. */
function placesIn(text: string): [string, string | undefined][] {
  return commentsIn(text).map(({ range, text: written, at }) => {
    expect(text.slice(range.start, range.end)).toBe(written);
    const [word = ''] = at ? (/^\S+/.exec(text.slice(at.offset)) ?? []) : [];
    return [written, at && (at.isItem ? `- ${word}` : word)];
  });
}

describe('comments are found where they are comments, and with what they stand at', () => {
  test.each<[string, string, (string | undefined)[]]>([
    ['above a key', 'A:\n  # c\n  B: 1\n', ['B:']],
    ['with blank lines and other comments between', 'A:\n  # c\n\n  # d\n\n  B: 1\n', ['B:', 'B:']],
    ['less indented than the key', '# c\nA:\n# d\n  B: 1\n', ['A:', 'B:']],
    ['behind a value', 'A:\n  B: 1 # c\n  C: 2\n', ['B:']],
    ['behind a key', 'A: # c\n  B: 1\n', ['A:']],
    ['at the end of a block', 'A:\n  B: 1\n  # c\nC: 2\n', [undefined]],
    ['at the end of the text', 'A: 1\n# c', [undefined]],
    ['above a list item', 'A:\n  # c\n  - B: 1\n    C: 2\n', ['- B:']],
    ['above a list that is not indented', 'A:\n# c\n- B: 1\n', ['- B:']],
    ['behind a list item', 'A:\n  - b # c\n  - d\n', ['b']],
    ['behind the first key of a list item', 'A:\n  - B: 1 # c\n', ['B:']],
    ['behind a dash', 'A:\n  - # c\n    B: 1\n', ['- B:']],
    ['below a dash', 'A:\n  -\n    # c\n    B: 1\n', ['B:']],
    ['above a list in a list', 'A:\n  # c\n  - - b\n    - d\n', ['- -']],
    ['at the end of a list item', 'A:\n  - B: 1\n    # c\n  - D: 2\n', [undefined]],
    ['above a tag', 'A:\n  # c\n  - !Ref B\n', ['- !Ref']],
    ['above an anchor', 'A:\n  # c\n  - &x B: 1\n', ['- B:']],
    ['in a flow map', 'A: { # c\n  B: 1, # d\n  # e\n  C: 2 } # f\n', ['A:', 'B:', 'C:', 'C:']],
    ['behind a text of several lines', 'A: "b\n  c" # c\nD: >-\n  # no\n  b\n# d\nE: 1\n', ['A:', 'E:']],
    ['behind the header of a block scalar', 'A: | # c\n  # no\nB: 1\n', ['A:']],
    ['not within texts', `A: "b # no"\nB: 'c # no'\nC: d#no\nD: |\n  # no\n\n  # no\nE: x # c\n`, ['E:']],
    ['behind a byte order mark and with CRLF', '\uFEFF# c\r\nA:\r\n  # d\r\n  B: 1\r\n', ['A:', 'B:']],
  ])('%s', (_, text, places) => {
    expect(placesIn(text).map(([, place]) => place)).toEqual(places);
    expect(placesIn(text).map(([written]) => written)).toEqual(['# c', '# d', '# e', '# f'].slice(0, places.length));
  });

  test('JSON has none', () => {
    expect(commentsIn('{\n\t"A": "# no \\" # no",\n\t"B": [1, "x # no"]\n}')).toEqual([]);
  });
});
