/** A comment that the forge's token has written itself. */
export interface Comment {
  id: string;
  body: string;
}

/** A pull request (GitHub) or merge request (GitLab). */
export interface ChangeRequest {
  /** As people write it: GitHub's number, GitLab's IID. */
  number: number;
  url: string;
  state: 'open' | 'closed' | 'merged';
  title: string;
  body: string;
  /** The commit it proposes to merge. */
  head: string;
}

/** What a change request says of itself. */
export interface RequestText {
  title: string;
  body: string;
}

/**
 * Where people review changes, as seen from the pipeline that runs there. Its functions throw a `ForgeError` when the
 * forge does not do as asked.
 */
export interface Forge {
  /** `pull request` or `merge request`. */
  word: string;
  /** The change request that the pipeline runs for, if it runs for one. */
  request: number | undefined;
  /** The branch that the pipeline runs for; none for tags and change requests. */
  branch: string | undefined;
  /** Who commits, where Git is not told. */
  committer: { name: string; email: string };
  /** Comments of others are left out: whoever can comment could plant one, and go on editing what it says. */
  ownComments(request: number): Promise<Comment[]>;
  addComment(request: number, body: string): Promise<void>;
  editComment(request: number, id: string, body: string): Promise<void>;
  /** Those that would merge one branch of this repository into another, the newest first. */
  findRequests(branch: string, base: string): Promise<ChangeRequest[]>;
  openRequest(branch: string, base: string, text: RequestText): Promise<ChangeRequest>;
  editRequest(request: number, text: RequestText): Promise<void>;
  closeRequest(request: number): Promise<void>;
}

/** The variables of the pipeline's environment. */
export type Environment = Record<string, string | undefined>;
