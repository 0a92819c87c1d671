import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOME } from './pipeline.js';
import { temporaryDirectory } from './repository.js';

/**
 * An installed copy of the action and scripts. Its `gitops-drift` notes its arguments and AWS variables, a JSON line each run, in
 * `calls.jsonl`; formats that this version does not have are written as a line of text; the rest is the real one's work.
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
    `import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { main } from ${JSON.stringify(`${HOME}/dist/cli/main.js`)};
import { formatNames } from ${JSON.stringify(`${HOME}/dist/report/formats.js`)};

const args = process.argv.slice(2);
const aws = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
const tokenFile = process.env.AWS_WEB_IDENTITY_TOKEN_FILE;
const token = tokenFile ? readFileSync(tokenFile, 'utf8') : undefined;
appendFileSync(${JSON.stringify(calls)}, JSON.stringify({ args, aws: Object.fromEntries(aws), token }) + '\\n');
const missing = new Map();
const known = [];
for (let i = 0; i < args.length; i += 1) {
  const [format, name] = (args[i] === '-o' ? args[i + 1] : '').split('=');
  if (format === '' || formatNames.includes(format)) known.push(args[i]);
  else missing.set(format, name), (i += 1);
}
process.exitCode = await main(known);
if (process.exitCode !== 2 || process.env.REPORTED === 'true') {
  for (const [format, name] of missing) {
    const text = format === 'markdown' ? '<!-- gitops-drift -->\\n## Drift\\n' : format + '\\n';
    if (name === undefined) process.stdout.write(text);
    else writeFileSync(name, text);
  }
}
`,
  );
  chmodSync(file, 0o755);
  return { home, calls };
}
