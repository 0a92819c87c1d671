import type { SourceEditor } from '../../../patch/ports.js';
import type { Source } from '../../../syntax/source.js';
import type { Constructs } from './constructs.js';
import { literalEdits } from './literals/edits.js';
import { type CallPlace, literalsIn } from './literals/found.js';
import { scriptReader } from './literals/scripts.js';

/** What is known of the code that made resources. */
interface Known extends Pick<Constructs, 'callsOf'> {
  /** Why a value is not written back, and what to write instead. */
  noPatch(logicalId: string, path: string): string;
}

/** The files of which literals are known; all other code gets words only. */
const SCRIPT = /\.[cm]?[jt]sx?$/;

/** Edits the literals that go into the calls that made resources of a template. */
export async function sourceEditor(logicalIds: readonly string[], { callsOf, noPatch }: Known): Promise<SourceEditor> {
  const read = scriptReader();
  const files = new Map<string, Source>();
  const frames = new Map<string, CallPlace[]>();
  for (const logicalId of logicalIds) {
    const calls = (await callsOf(logicalId)).filter(({ source }) => SCRIPT.test(source.path));
    for (const { source } of calls) files.set(source.path, source);
    frames.set(
      logicalId,
      calls.map(({ location }) => location),
    );
  }
  const scanned = (file: string) => files.get(file);
  return {
    files: [...files.values()],
    *edits(change, difference, { logicalId, current }) {
      const found = literalsIn(frames.get(logicalId) ?? [], { read, current, scanned });
      yield* literalEdits(change, difference.live, found);
      yield { refused: noPatch(logicalId, difference.path) };
    },
    removal: ({ logicalId }) => ({ refused: noPatch(logicalId, '') }),
  };
}
