import { execFile } from 'node:child_process';
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
socket.socket.connect = refuse
socket.getaddrinfo = refuse
given = json.load(sys.stdin)
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
session = boto3.Session(region_name=given["region"], aws_access_key_id="none", aws_secret_access_key="none")
made = Translator(Managed({"any": "any"}), Parser(), boto_session=session).translate(given["template"], given["parameters"])
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
  if (error !== undefined) throw failure(error, stderr);
  const made: unknown = JSON.parse(stdout);
  if (isObject(made)) return made;
  throw new DriftError('template', [{ code: 'sam-transform', message: 'the SAM translator gave no template' }]);
}

interface Ran {
  error?: string | undefined;
  stdout: string;
  stderr: string;
}

function run(input: string, region: string): Promise<Ran> {
  const { PATH, HOME, VIRTUAL_ENV, PYTHONPATH, SystemRoot } = process.env;
  const env = {
    PATH,
    HOME,
    VIRTUAL_ENV,
    PYTHONPATH,
    SystemRoot,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const options = {
    ...{ env, timeout: LONGEST_MS, maxBuffer: MOST_BYTES, windowsHide: true },
    killSignal: 'SIGKILL' as const,
    cwd: parsePath(process.execPath).root,
  };
  return new Promise((resolve) => {
    const child = execFile('python3', ['-c', PROGRAM], options, (error, stdout, stderr) => {
      const isLate = error?.killed === true;
      resolve({ error: isLate ? 'it took too long' : error?.message, stdout, stderr });
    });
    child.stdin?.on('error', () => undefined).end(input);
  });
}

function failure(message: string, stderr: string): DriftError {
  if (/ENOENT|No module named/.test(`${message}\n${stderr}`)) {
    const hint = 'install it (pip install aws-sam-translator), or leave out --prove-sam';
    return new DriftError('usage', [
      { code: 'sam-transform', message: '--prove-sam needs python3 with the package aws-sam-translator', hint },
    ]);
  }
  const last = stderr.trim().split('\n').at(-1) || message;
  return new DriftError('template', [{ code: 'sam-transform', message: `the SAM translator refuses it: ${last}` }]);
}
