import { pointerOf, segments } from '../base/json-pointer.js';
import { isAttributeBag, knownListKind } from './list-kind.js';
import { meaning } from './meanings/registry.js';
import type { ResourceType } from './resource-type.js';
import type { KnownMeaning, TypeRules } from './rules.js';
import { placeOf } from './scalar.js';
import type { NameEvidence, PathFact, TypeSystem } from './types.js';

/** One thing that is known of a place, and from where. */
export interface Knowledge {
  /** What it is about; `observed`: what path data says besides meanings and kinds of lists. */
  about: 'meaning' | 'list' | 'map' | 'document' | 'access' | 'default' | 'transform' | 'observed';
  value: string;
  /** `no evidence`: what holds where nothing is known; `author`: whose key or text it is; `recorded`: seen on resources. */
  from: KnownMeaning['source'] | 'schema' | 'recorded' | 'author' | 'no evidence';
  /** The observation or documentation that justifies it. */
  because?: string;
}

/** The type that is explained. */
export interface Subject {
  types: TypeSystem;
  type: ResourceType;
  rules: TypeRules;
  isList(path: string): boolean;
  /** What AWS sets and moves there by itself. */
  own: ReadonlyMap<string, Knowledge[]>;
}

/** What is known of one place of a type; `facts` are the lines of path data that cover it. */
export function knownOfPlace(path: string, subject: Subject, facts: readonly PathFact[]): Knowledge[] {
  const { type, isList } = subject;
  const { maps, documents, readOnly, writeOnly, createOnly, transforms, defaults } = type;
  const hasElements = isList(path) || facts.some(({ rule }) => rule === 'ordered' || rule === 'set');
  const known: (Knowledge | undefined)[] = [
    hasElements ? listAt(path, subject, facts) : meaningAt(path, subject, facts),
    maps.includes(path) ? { about: 'map', value: 'map', from: 'schema' } : undefined,
    documents.includes(path) ? { about: 'document', value: 'document', from: 'schema' } : undefined,
    ...facts
      .filter(({ rule }) => meaning(rule) === undefined && !(hasElements && /^(?:ordered|set|bag)$/.test(rule)))
      .map(({ rule, because }) => ({ about: 'observed' as const, value: rule, from: 'path data' as const, because })),
    ...(['read-only', 'write-only', 'create-only'] as const).map((value, index) =>
      [readOnly, writeOnly, createOnly][index]?.includes(path)
        ? { about: 'access' as const, value, from: 'schema' as const }
        : undefined,
    ),
  ];
  const fallback = defaults[path];
  if (fallback !== undefined) known.push({ about: 'default', value: String(fallback), from: 'schema' });
  const transform = transforms[path];
  if (transform !== undefined) known.push({ about: 'transform', value: transform, from: 'schema' });
  return [...known, ...(subject.own.get(path) ?? [])].filter((each) => each !== undefined);
}

function meaningAt(path: string, { types, type, rules }: Subject, facts: readonly PathFact[]): Knowledge | undefined {
  const sample = sampleOf(path, type);
  const known = rules.meaningAt(sample);
  if (known === undefined) return undefined;
  const { name, source } = known;
  if (source !== 'path data' && placeOf(sample, rules).isAuthors) {
    const because = "what stands under a key of the author's own is compared as written";
    return { about: 'meaning', value: 'text', from: 'author', because };
  }
  const because = reasonOf(known, types.word(type, path), facts);
  return { about: 'meaning', value: name, from: source, ...(because === undefined ? {} : { because }) };
}

function reasonOf({ name, source }: KnownMeaning, word: NameEvidence | undefined, facts: readonly PathFact[]) {
  if (source === 'path data') return facts.find(({ rule }) => rule === name)?.because;
  if (source === 'mined') return "Terraform's provider takes these spellings as the same value";
  if (source === 'enum') return 'the schema lists the values, and no two differ by case alone';
  if (source === 'type') return undefined;
  if (word === undefined) return undefined;
  const [agree, disagree] = word.seen;
  return `${word.because}; recorded places: ${agree} agree, ${disagree} disagree`;
}

function listAt(path: string, { rules }: Subject, facts: readonly PathFact[]): Knowledge {
  const property = segments(path).findLast((key) => key !== '*') ?? '';
  const known = knownListKind(path, property, rules);
  const kind = known?.kind ?? 'set';
  const value = isAttributeBag(property) && known?.source !== 'path data' ? `${kind}, or bag of pairs by Key` : kind;
  if (known === undefined) {
    const because = 'lists are sets where nothing else is known, but in order where an element occurs twice';
    return { about: 'list', value, from: 'no evidence', because };
  }
  const because =
    known.source === 'word'
      ? 'its name says that its elements run, are tried or are laid out in turn'
      : facts.find(({ rule }) => rule === kind)?.because;
  return { about: 'list', value, from: known.source, ...(because === undefined ? {} : { because }) };
}

/** A path as resources have it: an index for each list, any key for each map, and no nesting for `**`. */
function sampleOf(path: string, { maps }: ResourceType): string {
  const keys = segments(path);
  const sample = keys.map((key, index) => (key === '*' && !maps.includes(pointerOf(keys.slice(0, index))) ? '0' : key));
  return pointerOf(sample.filter((key) => key !== '**'));
}
