/**
 * `npm run release:action`: makes what pipelines run without installing anything: action.yml, the scripts of `ci/`, and the
 * bundled commands with their data. GitHub's `uses:` wants it as a commit, and the image is made of it.
 *
 *     npm run release:action -- [folder] [--branch <name>] [--repository <folder>]
 *
 * The folder is made anew (default: release/action). With `--branch` its content is committed on that branch, on top of what
 * was there (of this repository, or another one); work tree, index and HEAD are left alone, and nothing is pushed.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** All that the commands and the scripts read; `packageFile` in the sources says which files of the package that is. */
const CONTENT = [
  ...['action.yml', 'LICENSE', 'NOTICE', 'bin', 'ci', 'assets/html-report', 'fixtures/demo'],
  'data/write-events.json.gz',
  ...['data/aws-defaults.json', 'data/resource-types.json.gz', 'data/secret-places.json', 'data/two-way-types.json'],
  ...['dist/bundle', 'dist/validators', 'dist/severity-rules.json'],
];
/** What is read of package.json; without dependencies there is nothing to install. */
const KEYS = ['name', 'version', 'description', 'license', 'repository', 'homepage', 'type', 'engines', 'bin'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { branch: { type: 'string' }, repository: { type: 'string', default: ROOT } },
});
const folder = resolve(positionals[0] ?? join(ROOT, 'release/action'));
makeRelease(folder);
console.log(`made ${relative(process.cwd(), folder) || '.'}`);
if (values.branch !== undefined) console.log(commitOn(values.branch, values.repository, folder));

function makeRelease(to) {
  mustBeOurs(to);
  rmSync(to, { recursive: true, force: true });
  for (const path of CONTENT) cpSync(join(ROOT, path), join(to, path), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const kept = Object.fromEntries(KEYS.map((key) => [key, manifest[key]]));
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(kept, undefined, 2)}\n`);
  const about = `# ${manifest.name} ${manifest.version}, to run\n\nBuilt by \`npm run release:action\` from its sources: ${manifest.homepage}\n`;
  writeFileSync(join(to, 'README.md'), about);
}

/** A folder with anything else in it is not to be made anew. */
function mustBeOurs(to) {
  if (!existsSync(to) || readdirSync(to).length === 0) return;
  const isOurs =
    existsSync(join(to, 'action.yml')) && existsSync(join(to, 'dist/bundle')) && !existsSync(join(to, 'src'));
  if (isOurs) return;
  console.error(`error: ${to} holds something else than a release; name another folder`);
  process.exit(2);
}

/** Commits the folder as a whole on a branch of a repository; gives what was done, in a sentence. */
function commitOn(branch, repository, content) {
  const git = (args, options = {}) => gitIn(repository, args, options);
  const ref = `refs/heads/${branch}`;
  const temporary = mkdtempSync(join(tmpdir(), 'gitops-drift-release-'));
  try {
    const env = { ...process.env, GIT_INDEX_FILE: join(temporary, 'index') };
    const directory = git(['rev-parse', '--absolute-git-dir']);
    git(['check-ref-format', ref]);
    // Nobody's settings change what is in a release.
    const plain = ['-c', 'core.autocrlf=false', '-c', 'core.excludesFile=', '-c', 'core.attributesFile='];
    git([...plain, `--git-dir=${directory}`, `--work-tree=${content}`, 'add', '--all', '--force', '.'], {
      env,
      cwd: content,
    });
    const tree = git(['write-tree'], { env });
    const tip = git(['for-each-ref', '--format=%(objectname)', ref]);
    if (tip !== '' && git(['rev-parse', `${tip}^{tree}`]) === tree) return `the branch ${branch} has this already`;
    const source = gitIn(ROOT, ['rev-parse', 'HEAD']);
    const { version } = JSON.parse(readFileSync(join(content, 'package.json'), 'utf8'));
    const parents = tip === '' ? [] : ['-p', tip];
    const commit = git(['commit-tree', tree, ...parents, '-m', `release: ${version}, built from ${source}`]);
    git(['update-ref', ref, commit, tip]);
    return `committed it on the branch ${branch}: ${commit}`;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function gitIn(folder, args, options) {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', ...options }).trim();
}
