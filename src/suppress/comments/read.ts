import type { Problem } from '../../base/errors.js';
import { groupBy } from '../../base/group.js';
import { type Comment, commentsIn } from '../../syntax/comments.js';
import { problemAt } from '../../syntax/problem.js';
import { positionAt, type Range } from '../../syntax/source.js';
import { type Directive, type Mistake, readDirective } from './directive.js';
import { metadataEntries } from './metadata.js';
import type { CommentedTemplate, CommentPlaces, Spot } from './ports.js';

/** A directive of a template, where it is written, and the places that it is for. */
export interface PlacedDirective extends Directive {
  line: number;
  column: number;
  spots: Spot[];
}

/** What a template says of itself: what is not to be counted, and what is wrong with how it says so. */
export interface InlineDirectives {
  directives: PlacedDirective[];
  problems: Problem[];
}

const MISPLACED = {
  message: 'this gitops-drift:ignore stands at nothing that is compared',
  hint: 'put it above a resource, a property or a list item, indented like that, or behind it on the same line',
};

/** Reads the directives in a template's comments and metadata. Costs next to nothing where there are none. */
export function inlineDirectives(template: CommentedTemplate, places: CommentPlaces): InlineDirectives {
  const { source } = template;
  if (!/gitops-drift/i.test(source.text)) return { directives: [], problems: [] };
  const read = [...fromComments(template, places), ...fromMetadata(template, places)];
  return {
    directives: read.flatMap((each) => ('directive' in each ? [each.directive] : [])),
    problems: read
      .flatMap((each) => ('mistakes' in each ? each.mistakes.map((mistake) => ({ ...mistake, ...each.range })) : []))
      .sort((one, other) => one.start - other.start)
      .map(({ start, message, hint }) => problemAt('ignore-invalid', source, start, message, hint)),
  };
}

type Read = { directive: PlacedDirective } | { mistakes: Mistake[]; range: Range };

function fromComments(template: CommentedTemplate, places: CommentPlaces): Read[] {
  const read = commentsIn(template.source.text).flatMap((comment) => {
    const reading = readDirective(comment.text);
    return reading === undefined ? [] : [{ comment, reading }];
  });
  if (read.length === 0) return [];
  const spots = spotsByOffset(template, places);
  return read.map(({ comment, reading }): Read => {
    const { range } = comment;
    if ('mistakes' in reading) return { mistakes: reading.mistakes, range };
    const own = spotsAt(comment, spots);
    if (own.length === 0) return { mistakes: [MISPLACED], range };
    const { directive } = reading;
    // A path leads from the resource, wherever in it the comment stands.
    const whole = own.map(({ offset, owners }): Spot => ({ offset, kind: 'resource', owners, starts: [] }));
    const place = positionAt(template.source, range.start);
    return { directive: { ...directive, ...place, spots: directive.path === undefined ? own : whole } };
  });
}

function fromMetadata(template: CommentedTemplate, places: CommentPlaces): Read[] {
  return metadataEntries(places.metadataOf(template.root)).map(({ range, owner, reading }): Read => {
    if ('mistakes' in reading) return { mistakes: reading.mistakes, range };
    const spots: Spot[] = [{ offset: range.start, kind: 'resource', owners: [owner], starts: [] }];
    return { directive: { ...reading.directive, ...positionAt(template.source, range.start), spots } };
  });
}

/** Each once, however often an alias repeats it in a resource. */
function spotsByOffset(template: CommentedTemplate, places: CommentPlaces): Map<number, Spot[]> {
  const own = places.spotsOf(template.root).map((spot) => [JSON.stringify(spot), spot] as const);
  return groupBy(new Map(own).values(), ({ offset }) => offset);
}

/** A list item often begins with its first key: above the dash the comment is for the item, below it for the key. */
function spotsAt({ at }: Comment, spots: Map<number, Spot[]>): Spot[] {
  const found = at === undefined ? [] : (spots.get(at.offset) ?? []);
  const items = found.filter(({ isItem }) => isItem);
  const others = found.filter(({ isItem }) => !isItem);
  return at?.isItem || others.length === 0 ? items : others;
}
