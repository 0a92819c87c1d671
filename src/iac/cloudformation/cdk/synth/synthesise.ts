import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix, relative, sep } from 'node:path';
import { count } from '../../../../base/count.js';
import { DriftError, type Problem } from '../../../../base/errors.js';
import { shellCommand } from '../../../../base/shell.js';
import { maskForms } from '../../../../secrets/secret-text.js';
import { appEnvironment } from './app-environment.js';
import { type AppEnd, runApp } from './run-app.js';

/** The files of a cloud assembly, by their path in it. */
export type WrittenFiles = ReadonlyMap<string, Buffer>;

/** An app of CDK, and how it is run. */
export interface App {
  /** Its program and arguments. */
  words: readonly string[];
  /** The folder of the file system that it is run in. */
  directory: string;
  /** What reports call that folder. */
  folder: string;
  /** After so many seconds it is stopped. */
  timeout: number;
}

/** What runs are told of, and stopped by. */
export interface Watching {
  signal?: AbortSignal | undefined;
  /** Told what an app prints, without what looks like a secret. */
  onOutput?: ((text: string) => void) | undefined;
}

/** A gigabyte of templates is none. */
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_FILES = 20_000;

/**
 * Runs an app in a folder of the file system, and gives the assembly that it has written. What it prints may hold secrets
 * and goes into no message. Throws a `DriftError` (code `config`) that says how it failed, and how to run it by hand.
 */
export async function synthesise(
  app: App,
  { signal, onOutput, isTraced = true }: Watching & { isTraced?: boolean } = {},
): Promise<WrittenFiles> {
  const out = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-drift-cdk-')));
  const remove = () => rmSync(out, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const end = await runApp({
      words: app.words,
      directory: app.directory,
      environment: await appEnvironment(app.directory, { out, isTraced }),
      longestMs: app.timeout * 1000,
      signal,
      onOutput: onOutput && ((text) => onOutput(maskForms(text))),
    });
    const problem = problemOf(end, app);
    if (problem !== undefined) throw new DriftError('config', [problem]);
    return await readAssembly(out, app);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

function problemOf(end: AppEnd, app: App): Problem | undefined {
  const name = nameOf(app);
  switch (end.kind) {
    case 'ended':
      if (end.exitCode === 0) return undefined;
      return { code: 'cdk-app-failed', message: `${name} ended with exit code ${end.exitCode}`, hint: byHand(app) };
    case 'killed':
      return { code: 'cdk-app-failed', message: `${name} was ended by ${end.signal}`, hint: byHand(app) };
    case 'too-long': {
      const message = `${name} was stopped: it ran for more than ${count(app.timeout, 'second')}`;
      const hint = `${byHand(app)}; if it needs as long, allow more with "timeout:" beside "app:"`;
      return { code: 'cdk-app-too-long', message, hint };
    }
    case 'not-started': {
      const message = `${name} could not be started: ${shellCommand(app.words.slice(0, 1))}: ${end.reason}`;
      return {
        code: 'cdk-app-failed',
        message,
        hint: 'install it, or correct "app:", a list of the program and its arguments',
      };
    }
  }
}

/** What an app is called in messages. */
export function nameOf({ folder }: Pick<App, 'folder'>): string {
  return `the CDK app in ${folder === '' ? "the repository's root" : folder}`;
}

function byHand({ words, folder }: App): string {
  const go = folder === '' ? '' : `cd ${shellCommand([folder])} && `;
  const command = maskForms(`${go}CDK_OUTDIR=/tmp/cdk.out ${shellCommand(words)}`);
  return `see why by running it by hand: ${command}; or with: gitops-drift scan --synth --verbose`;
}

/** Regular files alone, since a link may lead anywhere; assets are what templates are deployed with, and no business of ours. */
async function readAssembly(out: string, app: App): Promise<WrittenFiles> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(out, join(entry.parentPath, entry.name)).split(sep).join(posix.sep))
    .filter((name) => isRead(name))
    .sort();
  if (!names.includes('manifest.json')) throw new DriftError('config', [nothingWritten(app)]);
  const files = new Map<string, Buffer>();
  let size = 0;
  for (const name of names) {
    const file = join(out, name);
    size += (await stat(file)).size;
    if (size > MOST_BYTES || files.size === MOST_FILES) throw new DriftError('config', [tooMuch(app)]);
    files.set(name, await readFile(file));
  }
  return files;
}

function isRead(name: string): boolean {
  const parts = name.split('/');
  if (parts.some((part) => part.startsWith('asset.'))) return false;
  return parts.at(-1) !== 'tree.json' && /(?:\.json|\.yaml|\.yml|\.template|(?:^|\/)cdk\.out)$/.test(name);
}

function nothingWritten(app: App): Problem {
  return {
    code: 'cdk-app-no-assembly',
    message: `${nameOf(app)} ended well, and wrote no cloud assembly into the folder that CDK_OUTDIR names`,
    hint: 'let the app choose its own output folder: no "outdir" in `new App()`, no --output in "app:"; and it has to call synth()',
  };
}

function tooMuch(app: App): Problem {
  return {
    code: 'cdk-app-no-assembly',
    message: `${nameOf(app)} wrote an assembly of more than ${MOST_BYTES / 1024 / 1024} MB or ${MOST_FILES} files`,
    hint: 'templates of this size can not be deployed: look for what writes them',
  };
}
