import { keepLast } from '../../base/keep-last.js';
import type { ReadableTypes } from '../types.js';
import { parseSnapshot, schemaChecks } from './parse.js';
import type { Snapshot, SnapshotRegion, SnapshotResource, SnapshotStack } from './snapshot.js';
import { type Span, stackSpans } from './stack-spans.js';

/** A snapshot whose stacks are made of its bytes when they are asked for, so that only a few are in memory at a time. */
export interface RecordedSnapshot extends Omit<Snapshot, 'regions'> {
  regions: Record<string, RecordedRegion>;
}

export interface RecordedRegion extends Omit<SnapshotRegion, 'stacks'> {
  stacks: RecordedStack[];
}

/** What is known of a stack without reading it. */
export interface RecordedStack extends Omit<SnapshotStack, 'template' | 'processedTemplate' | 'resources'> {
  /** What the stacks nested in it are called: their resources' physical IDs. */
  nested: string[];
  read(): SnapshotStack;
}

/** More than a scan has in flight, so that no stack is made twice. */
const IN_MEMORY = 64;
/** Names what stands in the place of a stack; its number follows. No stack has such a name. */
const PLACEHOLDER = '\0';

type Nesting = Pick<ReadableTypes, 'isNestedStack'>;

/**
 * Opens a snapshot, given as its text or its bytes, and holds all of it to the schema. `path` is what errors call it.
 * Throws a `DriftError` (code `snapshot`) with all problems, each with its place in the JSON.
 */
export async function openSnapshot(
  source: { path: string; text: string | Buffer },
  types: Nesting,
): Promise<RecordedSnapshot> {
  const { path, text } = source;
  const opened = await openStackByStack(typeof text === 'string' ? Buffer.from(text) : text, types);
  // What is wrong, and where, shows in the whole.
  return opened ?? withStacks(await parseSnapshot({ path, text: text.toString() }), (stack) => asRead(stack, types));
}

/** Undefined for what is no snapshot. */
async function openStackByStack(bytes: Buffer, types: Nesting): Promise<RecordedSnapshot | undefined> {
  const spans = stackSpans(bytes);
  if (spans === undefined) return undefined;
  const { isSnapshot, isStack } = await schemaChecks();
  const stacks: RecordedStack[] = [];
  const keep = keepLast<Span, SnapshotStack>(IN_MEMORY);
  for (const span of spans) {
    const stack = parse(bytes, span);
    if (!isStack(stack)) return undefined;
    const { resources, template, processedTemplate, ...head } = stack;
    // It was a stack a moment ago.
    stacks.push({
      ...head,
      nested: nestedIn(resources, types),
      read: () => keep(span, () => parse(bytes, span) as SnapshotStack),
    });
  }
  const frame = frameOf(bytes, spans);
  if (!isSnapshot(frame)) return undefined;
  return withStacks(frame, (stack) => {
    const placed = stack.name.startsWith(PLACEHOLDER) ? stacks[Number(stack.name.slice(1))] : undefined;
    // A key that is written with escapes was not recognised; its stacks are still in the frame.
    return placed ?? asRead(stack, types);
  });
}

/** Everything but the stacks. */
function frameOf(bytes: Buffer, spans: readonly Span[]): unknown {
  const texts: string[] = [];
  let done = 0;
  for (const [number, { start, end }] of spans.entries()) {
    texts.push(bytes.toString('utf8', done, start), JSON.stringify({ name: `${PLACEHOLDER}${number}`, resources: [] }));
    done = end;
  }
  return parseText(texts.join('') + bytes.toString('utf8', done));
}

function withStacks(
  { regions, ...rest }: Snapshot,
  recorded: (stack: SnapshotStack) => RecordedStack,
): RecordedSnapshot {
  const opened = Object.entries(regions).map(([name, region]): [string, RecordedRegion] => [
    name,
    { ...region, stacks: region.stacks.map(recorded) },
  ]);
  return { ...rest, regions: Object.fromEntries(opened) };
}

function asRead(stack: SnapshotStack, types: Nesting): RecordedStack {
  return { ...stack, nested: nestedIn(stack.resources, types), read: () => stack };
}

function nestedIn(resources: readonly SnapshotResource[], { isNestedStack }: Nesting): string[] {
  return resources.flatMap(({ type, physicalId }) => (physicalId && isNestedStack(type) ? [physicalId] : []));
}

/** Undefined for what is no JSON. */
function parse(bytes: Buffer, { start, end }: Span): unknown {
  return parseText(bytes.toString('utf8', start, end));
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
