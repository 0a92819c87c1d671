import { MARKER } from '../report/markdown.js';
import type { Forge } from './forge.js';

/** What became of the comment. */
export type CommentOutcome = 'added' | 'updated' | 'unchanged' | 'none';

interface CommentRequest {
  request: number;
  /** Tells the comments of several scans in one pipeline apart. */
  category: string;
  /** Markdown. */
  body: string;
  /** Without news there is no new comment; one that is there already is brought up to date. */
  isNews: boolean;
}

/** Keeps one comment of a scan in a change request: adds it, or updates it in place. Throws a `ForgeError`. */
export async function keepComment(
  forge: Forge,
  { request, category, body, isNews }: CommentRequest,
): Promise<CommentOutcome> {
  const own = `${MARKER}\n<!-- ${commentSafe(category)} -->\n`;
  const text = own + body.replace(MARKER, '').trimStart();
  const [present] = (await forge.ownComments(request)).filter((comment) => lines(comment.body).startsWith(own));
  if (present === undefined) {
    if (!isNews) return 'none';
    await forge.addComment(request, text);
    return 'added';
  }
  if (lines(present.body).trimEnd() === text.trimEnd()) return 'unchanged';
  await forge.editComment(request, present.id, text);
  return 'updated';
}

/** Nothing may end an HTML comment early. */
function commentSafe(category: string): string {
  return category.replace(/[^\w ./:-]|--/g, '_');
}

/** Forges give line breaks back as they please. */
function lines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
