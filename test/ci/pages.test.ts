import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { readBaseline } from '../../src/baseline/read.js';
import { ownAction, problemsOfGitLab, problemsOfWorkflow } from '../support/languages.js';
import { HOME } from '../support/pipeline.js';
import { temporaryDirectory } from '../support/repository.js';

interface Snippet {
  page: string;
  line: number;
  language: string;
  text: string;
}

const pages = ['README.md', ...readdirSync(join(HOME, 'docs')).map((file) => `docs/${file}`)];
const snippets = pages.flatMap(snippetsOf);

function read(page: string): string {
  return readFileSync(join(HOME, page), 'utf8');
}

function snippetsOf(page: string): Snippet[] {
  return [...read(page).matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(({ 1: language = '', 2: text = '', index }) => {
    return { page, line: read(page).slice(0, index).split('\n').length, language, text };
  });
}

const of = (language: string) =>
  snippets.filter((each) => each.language === language).map((each) => [`${each.page}:${each.line}`, each] as const);

describe('YAML in the pages', () => {
  test.each(of('yaml'))('%s is valid', async (_, { page, text }) => {
    const value: unknown = parse(text);
    const isSteps = Array.isArray(value);
    const isWorkflow = isSteps || (typeof value === 'object' && value !== null && 'jobs' in value);
    if (isWorkflow) expect(await problemsOfWorkflow(isSteps ? asWorkflow(text) : text)).toEqual([]);
    else if (isConfig(value)) expect(problemsOfConfig(value)).toEqual([]);
    else if (/(?:gitlab|nightly|docker)\.md$/.test(page)) expect(problemsOfGitLab(withScript(text))).toEqual([]);
  });

  test('is of every kind', () => {
    expect(of('yaml').length).toBeGreaterThan(8);
    expect(of('yaml').filter(([, { text }]) => text.includes('jobs:')).length).toBeGreaterThan(3);
  });

  test('the report of the newest night that has one is fetched, and without any nothing fails', () => {
    const [text = ''] = of('yaml').flatMap(([, each]) => (each.text.includes('gh run download') ? [each.text] : []));
    const { jobs } = parse(text) as { jobs: { drift: { steps: { run?: string }[] } } };
    const script = jobs.drift.steps.find(({ run }) => run?.includes('gh run'))?.run ?? '';
    const tools = temporaryDirectory();
    const gh = `#!/bin/bash\nif [ "$2" = list ]; then [ -n "$NIGHTS" ] && printf '%s\\n' $NIGHTS; exit; fi
      [ "$3" = "$KEPT" ] || exit 1\nmkdir -p earlier\necho "$3" >earlier/drift.json\n`;
    writeFileSync(join(tools, 'gh'), gh, { mode: 0o755 });
    const fetched = (env: Record<string, string>) => {
      const cwd = temporaryDirectory();
      const all = { PATH: `${tools}:${process.env['PATH']}`, ...env };
      const { status } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], { cwd, env: all });
      const file = join(cwd, 'earlier/drift.json');
      return [status, existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined];
    };
    expect(fetched({ NIGHTS: '3 2 1', KEPT: '2' })).toEqual([0, '2']);
    expect(fetched({ NIGHTS: '3 2 1', KEPT: '' })).toEqual([0, undefined]);
    expect(fetched({ NIGHTS: '', KEPT: '' })).toEqual([0, undefined]);
  });

  test('a misspelt input of the action is found', async () => {
    const text = asWorkflow('- uses: your-org/gitops-drift@v1\n  with:\n    fail_on: high\n');
    expect(await problemsOfWorkflow(text)).toEqual([expect.stringContaining("Invalid action input 'fail_on'")]);
  });
});

const config = new Ajv2020({ strict: false, allErrors: true }).compile(
  JSON.parse(read('schemas/config.schema.json')) as object,
);

/** A `gitops-drift.yaml`, or what belongs into one. */
function isConfig(value: unknown): value is object {
  return typeof value === 'object' && value !== null && ['version', 'accounts', 'accept'].some((key) => key in value);
}

function problemsOfConfig(value: object): string[] {
  if (config({ version: 1, ...value })) return [];
  return (config.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Steps alone, as a page shows them. */
function asWorkflow(steps: string): string {
  const indented = steps.trimEnd().replaceAll('\n', '\n      ');
  return `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n      ${indented}\n`;
}

/** What a page changes of the template's job has its script from there. */
function withScript(text: string): string {
  return text.replace(/^gitops-drift:$/m, 'gitops-drift:\n  script: [scan]');
}

test.each(of('json'))('the JSON in %s can be read', async (path, { text }) => {
  const value = JSON.parse(text);
  if ('baselineVersion' in value) await readBaseline({ path, text });
  else expect(value).toMatchObject({ Version: '2012-10-17' });
});

test.each(of('sh'))('the commands in %s can be read by a shell', (_, { text }) => {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test.each(pages)('links of %s lead somewhere', (page) => {
  for (const [, target = ''] of read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
    if (/^https?:/.test(target)) continue;
    expect({ target, exists: existsSync(join(HOME, dirname(page), target)) }).toEqual({ target, exists: true });
  }
});

test('every input and output of the action is explained, and every page is in the index', () => {
  const page = read('docs/github-actions.md');
  const { inputs, outputs } = ownAction();
  for (const name of [...Object.keys(inputs), ...Object.keys(outputs)]) expect(page).toContain(`\`${name}\``);
  for (const file of readdirSync(join(HOME, 'docs')))
    if (file !== 'README.md') expect(read('docs/README.md')).toContain(`(${file})`);
});

test('only options that the tools know are written', () => {
  const help = (bin: string, command: string) =>
    spawnSync(process.execPath, [join(HOME, bin), command, '--help'], { encoding: 'utf8' }).stdout;
  const known = new Map<string, string>();
  for (const [, { text }] of of('sh')) {
    for (const [, tool = '', command = '', rest = ''] of text
      .replaceAll('\\\n', ' ')
      .matchAll(/^(?!docker|aws).*?(gitops-drift(?:-ci)?) ([a-z]+)([^\n#|]*)/gm)) {
      const key = `${tool} ${command}`;
      known.set(key, known.get(key) ?? help(`bin/${tool}.js`, command));
      for (const [option] of rest.matchAll(/--[a-z][a-z-]*/g))
        expect({ key, help: known.get(key) }).toEqual({ key, help: expect.stringContaining(option) });
    }
  }
  expect(known.size).toBeGreaterThan(5);
});
