import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { describeWith } from '../support/installed.js';
import { git, makeRepository, temporaryDirectory } from '../support/repository.js';

const BIN = fileURLToPath(new URL('../../bin/gitops-drift.js', import.meta.url));
/** Git takes this for the name of a branch; a shell that expands it makes a file. */
const HOSTILE = 'feature/$(touch${IFS}pwned)';

let cwd: string;
let path: string;
let scripts: string;

beforeAll(async () => {
  cwd = makeRepository({ 'drift.json': '{}', 'other.txt': '' });
  git(cwd, 'branch', HOSTILE);
  const bin = temporaryDirectory();
  const command = join(bin, 'gitops-drift');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`);
  chmodSync(command, 0o755);
  scripts = temporaryDirectory();
  for (const shell of ['bash', 'fish', 'zsh']) {
    writeFileSync(join(scripts, shell), (await runCli(['completion', shell])).stdout);
  }
  path = `${bin}:${process.env['PATH']}`;
});

function inShell(shell: string, script: string): string {
  const env = { PATH: path, HOME: temporaryDirectory(), TERM: 'dumb' };
  return execFileSync(shell, ['-c', script], { cwd, env, encoding: 'utf8' });
}

/** What each shell offers for the last word; its own file completion is not ours to test. */
const OFFERED: [string[], string[]][] = [
  [['sc'], ['scan']],
  [['scan', '--provi'], ['--provider']],
  [
    ['scan', '--provider', ''],
    ['aws', 'cloudformation', 'snapshot'],
  ],
  [['report', '--fail-on', 'c'], ['critical']],
  [['scan', '--output', 'ta'], ['table']],
  [
    ['completion', ''],
    ['bash', 'fish', 'zsh'],
  ],
  [['help', 'doc'], ['doctor']],
  [['expl'], ['explain-type']],
  [
    ['explain-type', '--output', ''],
    ['json', 'table'],
  ],
];

describe('bash', () => {
  function offered(words: readonly string[]): string[] {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const script = `source ${scripts}/bash
COMP_WORDS=(gitops-drift ${quoted}); COMP_CWORD=${words.length}; _gitops_drift; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return inShell('bash', script).split('\n').filter(Boolean).sort();
  }

  test.each(OFFERED)('%j', (words, expected) => {
    expect(offered(words)).toEqual(expected);
  });

  test('a hostile name of a branch is quoted and not run', () => {
    expect(offered(['scan', '--ref', 'fe'])).toEqual(['feature/\\$\\(touch\\$\\{IFS\\}pwned\\)']);
    expect(git(cwd, 'status', '--short')).toBe('');
  });
});

describeWith('fish', 'fish', () => {
  function offered(line: string): string[] {
    const script = `source ${scripts}/fish; complete -C "gitops-drift ${line}"`;
    const lines = inShell('fish', script).split('\n').filter(Boolean);
    return lines.map((each) => each.split('\t')[0] ?? '').sort();
  }

  test.each(OFFERED)('%j', (words, expected) => {
    expect(offered(words.join(' '))).toEqual(expect.arrayContaining(expected));
  });

  test('files where files are wanted, behind a format as well', () => {
    expect(offered('report dri')).toEqual(['drift.json']);
    expect(offered('scan -o json=dri')).toEqual(['json=drift.json']);
    expect(offered('scan --concurrency ')).toEqual([]);
  });

  test('a hostile name of a branch is not run', () => {
    expect(offered('scan --ref fe')).toEqual([HOSTILE]);
    expect(git(cwd, 'status', '--short')).toBe('');
  });
});

describeWith('zsh', 'zsh', () => {
  /** What a line becomes by the tabulator key, in a terminal of its own. */
  function completed(line: string): string {
    const script = `zmodload zsh/zpty
zpty terminal zsh -f -i
zpty -w terminal 'PS1=; autoload -Uz compinit; compinit -u -D; source ${scripts}/zsh'
zpty -w terminal 'shown() { print -rn -- "<""<$BUFFER>>" }; zle -N shown; bindkey "^X" shown; print rea""dy'
zpty -r terminal output '*ready*'
zpty -wn terminal ${JSON.stringify(line)}$'\\t\\C-X'
zpty -r terminal output '*<<*>>*'
print -r -- "\${\${output##*<<}%%>>*}"`;
    return inShell('zsh', script).trim();
  }

  test.each([
    ['gitops-drift sca', 'gitops-drift scan'],
    ['gitops-drift scan --provi', 'gitops-drift scan --provider'],
    ['gitops-drift scan --provider snap', 'gitops-drift scan --provider snapshot'],
    ['gitops-drift scan --output ta', 'gitops-drift scan --output table'],
    ['gitops-drift scan -o json=dri', 'gitops-drift scan -o json=drift.json'],
    ['gitops-drift report dri', 'gitops-drift report drift.json'],
    ['gitops-drift completion fi', 'gitops-drift completion fish'],
  ])('%s', (line, expected) => {
    expect(completed(line)).toBe(expected);
  });

  test('a hostile name of a branch is quoted and not run', () => {
    expect(completed('gitops-drift scan --ref fe')).toBe(
      'gitops-drift scan --ref feature/\\$\\(touch\\$\\{IFS\\}pwned\\)',
    );
    expect(git(cwd, 'status', '--short')).toBe('');
  });
});

test('in bash as the help says', () => {
  expect(inShell('bash', 'source <(gitops-drift completion bash); complete -p gitops-drift')).toContain(
    '_gitops_drift',
  );
});

test('every command and every option is there, for each shell', async () => {
  const help = (await runCli(['--help'])).stdout;
  const commands = [...help.matchAll(/^ {2}([a-z]+) (?:\[|<| {2})/gm)].map(([, name = '']) => name);
  expect(commands).toContain('completion');
  const options = await Promise.all(
    commands
      .filter((name) => name !== 'help')
      .map(async (name) => {
        const text = (await runCli([name, '--help'])).stdout;
        return [...text.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, option = '']) => option);
      }),
  );
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await runCli(['completion', shell]);
    for (const word of [...commands, ...options.flat()]) expect(stdout).toContain(word);
  }
});
