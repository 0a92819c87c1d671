import { textKey } from '../template/deployed-text.js';
import { countShared, type TemplateCandidate } from './match.js';

/** What is known of a nested stack that is deployed from somewhere else than a path in the repository. */
export interface ChildStack {
  /** Where it was deployed from. */
  url?: string | undefined;
  /** Its deployed template, where that is known. */
  text?: string | undefined;
  /** What it declares, or else has: types by logical ID. */
  resources: ReadonlyMap<string, string>;
}

/** What is enough for a template that is called as the file that the stack was deployed from. */
const NAMED_SHARE = 0.5;

/**
 * The template in Git that a nested stack was deployed from: the one of the same text, else the one that declares the same
 * resources, else the one that is called as the URL ends and has most of its resources. Of several the one whose path the
 * URL says most of. Undefined where there is none, or that is not sure.
 */
export function matchChild(child: ChildStack, templates: readonly TemplateCandidate[]): string | undefined {
  const key = child.text === undefined ? undefined : textKey(child.text);
  const isNamed = ({ path }: TemplateCandidate) => sharedTail(path, child.url) > 0;
  return (
    nearest(
      child,
      templates.filter(({ text }) => key !== undefined && text === key),
    ) ??
    nearest(
      child,
      templates.filter((each) => shareOf(each, child) === 1),
    ) ??
    nearest(
      child,
      templates.filter((each) => isNamed(each) && shareOf(each, child) >= NAMED_SHARE),
    )
  );
}

function nearest({ url }: ChildStack, templates: readonly TemplateCandidate[]): string | undefined {
  const most = Math.max(...templates.map(({ path }) => sharedTail(path, url)));
  const [first, ...others] = templates.filter(({ path }) => sharedTail(path, url) === most);
  return others.length === 0 ? first?.path : undefined;
}

/** Shared resources as a share of all that either has. */
function shareOf({ resources = new Map() }: TemplateCandidate, child: ChildStack): number {
  if (resources.size === 0) return 0;
  const shared = countShared(resources, child.resources);
  return shared / (resources.size + child.resources.size - shared);
}

/** How many of the last parts of a path are those of a URL, too. */
function sharedTail(path: string, url = ''): number {
  const [own, others] = [path, url.replace(/[?#].*$/s, '')].map((each) => each.split('/').reverse());
  const differs = own?.findIndex((part, index) => part !== others?.[index]) ?? 0;
  return differs === -1 ? (own?.length ?? 0) : differs;
}
