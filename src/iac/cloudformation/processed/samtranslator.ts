import { type ExecFileException, execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { parse as parsePath } from 'node:path';
import { DriftError } from '../../../base/errors.js';
import { isObject, type Json, type JsonObject } from '../../../base/json.js';

/** A template for the transform: JSON, with paths of files as they are after packaging. */
export interface ToTransform {
  template: Json;
  parameters: Record<string, string>;
  region: string;
}

/** A transform takes some tenths of a second; one that takes this long hangs. */
const LONGEST_MS = 30_000;
const MOST_BYTES = 50_000_000;

/** How the program ends that has a reason against the template; however else it fails, it is not there as it should be. */
const REFUSED = 9;

/**
 * Nothing is imported from the current directory, and nothing is looked up on a network: what the translator would ask
 * IAM for (managed policies by name) has a fixed answer.
 */
const PROGRAM = `
import sys
sys.path = [path for path in sys.path if path not in ("", ".")]
import json, os, socket
def refuse(*args, **kwargs):
    raise OSError("no network here")
for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
socket.getaddrinfo = refuse
out = os.dup(1)
os.dup2(2, 1)
from samtranslator.translator.translator import Translator
from samtranslator.parser.parser import Parser
import boto3
class Managed(dict):
    def __contains__(self, name):
        return True
    def get(self, name, default=None):
        return "arn:aws:iam::aws:policy/" + str(name)
    def __getitem__(self, name):
        return self.get(name)
given = json.load(sys.stdin)
session = boto3.Session(region_name=given["region"], aws_access_key_id="none", aws_secret_access_key="none")
try:
    made = Translator(Managed({"any": "any"}), Parser(), boto_session=session).translate(given["template"], given["parameters"])
except Exception as error:
    print(repr(error), file=sys.stderr)
    sys.exit(${REFUSED})
with os.fdopen(out, "w") as stream:
    json.dump(made, stream)
`;

/**
 * Transforms a SAM template by AWS's own translator, where Python has it (https://pypi.org/project/aws-sam-translator/).
 * It gets no credentials and no network. Throws a `DriftError` (code `usage`) where it is not there, and one (code
 * `template`) where it refuses the template.
 */
export async function transformed(given: ToTransform): Promise<JsonObject> {
  const { error, stdout, stderr } = await run(JSON.stringify(given), given.region);
  if (error !== null) throw failure(error, stderr);
  const made = parsed(stdout);
  if (isObject(made)) return made;
  throw refused('it gave no template');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Ran {
  error: ExecFileException | null;
  stdout: string;
  stderr: string;
}

/** Python's own variables (PYTHONPATH, PYTHONSTARTUP) are left out: they may name folders of the repository. */
function run(input: string, region: string): Promise<Ran> {
  const { PATH, HOME, VIRTUAL_ENV, SystemRoot } = process.env;
  const env = {
    ...{ PATH, HOME, VIRTUAL_ENV, SystemRoot },
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
  const options = {
    ...{ env, timeout: LONGEST_MS, maxBuffer: MOST_BYTES, windowsHide: true },
    killSignal: 'SIGKILL' as const,
    cwd: parsePath(process.execPath).root,
  };
  return new Promise((resolve) => {
    const child = execFile('python3', ['-c', PROGRAM], options, (error, stdout, stderr) =>
      resolve({ error, stdout, stderr }),
    );
    child.stdin?.on('error', () => undefined).end(input);
  });
}

function failure({ code, killed, signal, message }: ExecFileException, stderr: string): DriftError {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  if (killed) return refused('it took too long');
  if (code === REFUSED || signal) return refused(last || message);
  if (String(code) === TOO_MUCH) return refused('it gave too much');
  const hint = 'install it (pip install aws-sam-translator), or leave out --prove-sam';
  return new DriftError('usage', [
    { code: 'sam-transform', message: '--prove-sam needs python3 with the package aws-sam-translator', hint },
  ]);
}

const TOO_MUCH = 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';

function refused(reason: string): DriftError {
  return new DriftError('template', [{ code: 'sam-transform', message: `the SAM translator refuses it: ${reason}` }]);
}
