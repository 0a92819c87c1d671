import { DriftError, type Problem } from '../../base/errors.js';
import { isObject } from '../../base/json.js';
import { segments } from '../../base/json-pointer.js';
import { loadValidators, type Validator, type Violation } from '../../base/validator.js';
import { readJson } from '../../syntax/read-json.js';
import { createSource, positionAt } from '../../syntax/source.js';
import type { Snapshot, SnapshotStack } from './snapshot.js';

const MAX_PROBLEMS = 20;
const RECORD_AGAIN = 'record it again with: gitops-drift snapshot -o <file>';

/**
 * Reads a snapshot's text and holds it to its schema. `path` is what errors call it.
 * Throws a `DriftError` (code `snapshot`) with all problems, each with its place in the JSON.
 */
export async function parseSnapshot({ path, text }: { path: string; text: string }): Promise<Snapshot> {
  const content = readJson(path, text, { error: 'snapshot', code: 'snapshot-invalid', hint: RECORD_AGAIN });
  const version = isObject(content) ? content['snapshotVersion'] : undefined;
  if (version === undefined)
    fail({
      code: 'snapshot-invalid',
      message: 'this is not a snapshot: it has no snapshotVersion',
      file: path,
      hint: RECORD_AGAIN,
    });
  if (version !== 1) {
    const message = `snapshotVersion ${JSON.stringify(version)} is not known here; this version reads 1`;
    fail({
      code: 'snapshot-unknown-version',
      message,
      file: path,
      hint: `use a newer gitops-drift, or ${RECORD_AGAIN}`,
    });
  }
  const { isSnapshot } = await schemaChecks();
  if (isSnapshot(content)) return content;
  throw new DriftError('snapshot', await problemsOf(path, text, isSnapshot.errors ?? []));
}

/** The checks of a whole snapshot, and of one stack in it. */
export function schemaChecks() {
  return loadValidators<{ isSnapshot: Validator<Snapshot>; isStack: Validator<SnapshotStack> }>('snapshot');
}

/** Lines are looked up only now: parsing for them costs more than all the rest. */
async function problemsOf(path: string, text: string, errors: Violation[]): Promise<Problem[]> {
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser');
  const tree = parseTree(text);
  const source = createSource(path, text);
  return errors.slice(0, MAX_PROBLEMS).map(({ instancePath, message }) => {
    const keys = segments(instancePath).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    const node = tree && findNodeAtLocation(tree, keys);
    const place = node ? positionAt(source, node.offset) : {};
    const what = instancePath === '' ? 'the snapshot' : instancePath;
    return { code: 'snapshot-invalid', message: `${what} ${message}`, file: path, ...place };
  });
}

function fail(problem: Problem): never {
  throw new DriftError('snapshot', [problem]);
}
