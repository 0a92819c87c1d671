import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@actions/languageservice';
import { Ajv } from 'ajv';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import type { ActionFile } from './composite-action.js';
import { HOME } from './pipeline.js';

/** The inputs of others' actions that are used here or in the pages, so that a misspelt one is found. */
const OTHERS: Record<string, string[]> = {
  'actions/checkout': ['ref', 'token', 'path', 'fetch-depth'],
  'actions/setup-node': ['node-version', 'package-manager-cache'],
  'actions/upload-artifact': ['name', 'path', 'retention-days'],
  'actions/download-artifact': ['name', 'path', 'pattern', 'merge-multiple'],
  'aws-actions/configure-aws-credentials': ['role-to-assume', 'aws-region'],
  'github/codeql-action': ['sarif_file', 'category', 'checkout_path'],
};

let documents = 0;

/** What GitHub's language service finds wrong with an action.yml. */
export function problemsOfAction(text: string): Promise<string[]> {
  return problems('action.yml', text);
}

/** The same for a workflow. */
export function problemsOfWorkflow(text: string): Promise<string[]> {
  return problems('.github/workflows/drift.yml', text);
}

async function problems(path: string, text: string): Promise<string[]> {
  documents += 1;
  // The service remembers what it has parsed by its place.
  const document = TextDocument.create(`file:///${documents}/${path}`, 'yaml', 1, text);
  const found = await validate(document, {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ owner, name }) =>
        name === 'gitops-drift' ? ownAction() : othersAction(`${owner}/${name}`),
    },
  });
  return found.map(({ message, range }) => `line ${range.start.line + 1}: ${message}`);
}

function othersAction(name: string) {
  const inputs = OTHERS[name]?.map((input) => [input, { description: input }]);
  return inputs && { name, description: name, inputs: Object.fromEntries(inputs) };
}

/** This project's action.yml. */
export function ownAction(): ActionFile {
  return parse(readFileSync(join(HOME, 'action.yml'), 'utf8')) as ActionFile;
}

const gitLab = new Ajv({ strict: false, allErrors: true, logger: false }).compile(
  JSON.parse(readFileSync(new URL('schemas/ci/gitlab-ci.json', import.meta.url), 'utf8')),
);

/** What GitLab's schema finds wrong with a `.gitlab-ci.yml`. */
export function problemsOfGitLab(text: string): string[] {
  if (gitLab(parse(text))) return [];
  return (gitLab.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
