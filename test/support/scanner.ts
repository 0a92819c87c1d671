import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOME } from './pipeline.js';
import { temporaryDirectory } from './repository.js';

/**
 * An installed copy of the action and scripts. Its `gitops-drift` notes its arguments and AWS variables, a JSON line each run, in
 * `calls.jsonl`; the rest is the real one's work.
 */
export function installScanner(): { home: string; calls: string } {
  const home = temporaryDirectory();
  const calls = join(home, 'calls.jsonl');
  cpSync(join(HOME, 'ci'), join(home, 'ci'), { recursive: true });
  cpSync(join(HOME, 'action.yml'), join(home, 'action.yml'));
  mkdirSync(join(home, 'bin'));
  mkdirSync(join(home, 'node_modules'));
  // What the action builds is what the tests have built.
  writeFileSync(join(home, 'node_modules/.gitops-drift-built'), '');
  symlinkSync(join(HOME, 'bin/gitops-drift-ci.js'), join(home, 'bin/gitops-drift-ci.js'));
  const file = join(home, 'bin/gitops-drift.js');
  writeFileSync(
    file,
    `import { appendFileSync, readFileSync } from 'node:fs';
import { main } from ${JSON.stringify(`${HOME}/dist/bundle/cli.js`)};

const args = process.argv.slice(2);
const aws = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
const tokenFile = process.env.AWS_WEB_IDENTITY_TOKEN_FILE;
const token = tokenFile ? readFileSync(tokenFile, 'utf8') : undefined;
appendFileSync(${JSON.stringify(calls)}, JSON.stringify({ args, aws: Object.fromEntries(aws), token }) + '\\n');
process.exitCode = await main(args);
`,
  );
  chmodSync(file, 0o755);
  return { home, calls };
}
