import { appendFileSync, chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOME } from './pipeline.js';
import { temporaryDirectory } from './repository.js';
import type { StandIns } from './stand-in.js';

/**
 * An installed copy of the action and scripts. Its `gitops-drift` notes its arguments and AWS variables, a JSON line each run, in
 * `calls.jsonl`; the rest is the real one's work. With the `path` as PATH, `node` starts what stands in for its programs.
 */
export function installScanner(programs: StandIns): { home: string; calls: string; path: string } {
  const home = temporaryDirectory();
  const calls = join(home, 'calls.jsonl');
  cpSync(join(HOME, 'ci'), join(home, 'ci'), { recursive: true });
  cpSync(join(HOME, 'action.yml'), join(home, 'action.yml'));
  mkdirSync(join(home, 'bin'));
  programs.write(join(home, 'bin/gitops-drift-ci.js'), 'gitops-drift-ci');
  programs.write(join(home, 'bin/gitops-drift.js'), 'gitops-drift', ({ args, env }) => {
    const aws = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('AWS_')));
    const file = env['AWS_WEB_IDENTITY_TOKEN_FILE'];
    const token = file ? readFileSync(file, 'utf8') : undefined;
    appendFileSync(calls, `${JSON.stringify({ args, aws, token })}\n`);
  });
  const tools = temporaryDirectory();
  const node = `#!/bin/bash\n[[ $1 == ${home}/bin/* ]] && exec "$@"\nexec ${process.execPath} "$@"\n`;
  writeFileSync(join(tools, 'node'), node);
  chmodSync(join(tools, 'node'), 0o755);
  return { home, calls, path: `${tools}:${process.env['PATH']}` };
}
