import type { Problem } from '../../base/errors.js';
import { coversPointer } from '../../base/glob.js';
import type { ResourceReport } from '../../model/report.js';
import type { Source } from '../../syntax/source.js';
import type { Evaluated } from '../../value/evaluated.js';
import type { Subject, Suppression } from '../suppressions.js';
import { type CodeDirectives, codeDirectives } from './code.js';
import { pathsOf } from './coverage.js';
import type { CommentedTemplate, CommentPlaces } from './ports.js';
import { type InlineDirectives, inlineDirectives, type PlacedDirective } from './read.js';

/** A deployed stack as reports name it. */
export type StackPlace = Pick<ResourceReport, 'account' | 'region' | 'stack'>;

/** The suppressions in the templates of a scan; several stacks of one template share them. */
export interface InlineSuppressions {
  /** Takes in what a stack's template says, as it is evaluated for that stack. */
  add(place: StackPlace, template: CommentedTemplate, evaluated: Evaluated): void;
  /** Takes in what the code that made a stack's resources says where it created them. */
  addCode(place: StackPlace, created: Iterable<CreatedResource>): void;
  /** In the order of files and lines, with all stacks that were added. */
  suppressions(): Suppression[];
  /** What is wrong in the templates' comments and metadata. */
  problems(): Problem[];
}

/** A resource, and the line of code that created it. */
export interface CreatedResource {
  logicalId: string;
  source: Source;
  line: number;
}

/** What a directive covers, by resource: paths, and all that is below them. */
type Covered = Map<string, string[]>;

export function collectInlineSuppressions(places: CommentPlaces): InlineSuppressions {
  const files = new Map<string, InlineDirectives & { covered: Map<PlacedDirective, Covered> }>();
  const code = new Map<string, CodeDirectives & { covered: Map<PlacedDirective, Covered> }>();
  return {
    add(place, template, evaluated) {
      const { path } = template.source;
      const file = files.get(path) ?? { ...inlineDirectives(template, places), covered: new Map() };
      files.set(path, file);
      if (file.directives.length === 0) return;
      const spots = file.directives.flatMap((directive) => directive.spots);
      for (const resource of evaluated.resources.values()) {
        const paths = pathsOf(resource, spots);
        if (paths.size === 0) continue;
        const key = resourceKey({ ...place, logicalId: resource.logicalId });
        for (const directive of file.directives) {
          const own = directive.spots.flatMap((spot) => paths.get(spot) ?? []);
          if (own.length === 0) continue;
          const covered = file.covered.get(directive) ?? new Map();
          file.covered.set(directive, covered.set(key, own));
        }
      }
    },
    addCode(place, created) {
      for (const { logicalId, source, line } of created) {
        const file = code.get(source.path) ?? { ...codeDirectives(source), covered: new Map() };
        code.set(source.path, file);
        files.set(source.path, file);
        for (const directive of file.directives) {
          if (directive.codeLine !== line) continue;
          const covered: Covered = file.covered.get(directive) ?? new Map();
          file.covered.set(directive, covered.set(resourceKey({ ...place, logicalId }), ['']));
        }
      }
    },
    suppressions() {
      return inOrder(files).flatMap(([file, { directives, covered }]) =>
        directives.map((each) => suppression(file, each, covered.get(each) ?? new Map())),
      );
    },
    problems: () => inOrder(files).flatMap(([, { problems }]) => problems),
  };
}

function suppression(file: string, directive: PlacedDirective, covered: Covered): Suppression {
  const { path, until, reason, line, column } = directive;
  return {
    reason,
    ...(until === undefined ? {} : { until }),
    by: 'template',
    file,
    line,
    column,
    covers(subject) {
      const own = covered.get(resourceKey(subject));
      if (own === undefined) return false;
      if (path !== undefined) return coversPointer(path, subject.path);
      return own.some((each) => `${subject.path}/`.startsWith(`${each}/`));
    },
    concerns: (resource) => covered.has(resourceKey(resource)),
  };
}

function resourceKey({ account, region, stack, logicalId }: Omit<Subject, 'type' | 'path'>): string {
  return JSON.stringify([account, region, stack, logicalId]);
}

function inOrder<Value>(files: ReadonlyMap<string, Value>): [string, Value][] {
  return [...files].sort(([one], [other]) => (one < other ? -1 : 1));
}
