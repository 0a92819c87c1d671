import { DriftError } from '../base/errors.js';
import type { Dialect } from './dialect.js';
import { MAX_CHARACTERS, MAX_PROBLEMS } from './limits.js';
import type { Node } from './node.js';
import { parseJson } from './parse-json.js';
import { parseYaml } from './parse-yaml.js';
import type { Source } from './source.js';

/** Parses YAML or JSON of any kind into nodes, with calls as a dialect has them; throws a `DriftError` with all syntax errors. */
export function parseNode(source: Source, code: 'template' | 'config' | 'parameters', dialect: Dialect): Node {
  if (source.text.length > MAX_CHARACTERS) {
    const size = `${(source.text.length / 1e6).toFixed(1)} million characters`;
    const message = `the file has ${size}; at most ${MAX_CHARACTERS / 1e6} million are read`;
    throw new DriftError(code, [{ code: 'file-too-big', message, file: source.path, line: 1, hint: dialect.longest }]);
  }
  const { node, problems } = looksLikeJson(source) ? parseJsonOrYaml(source, dialect) : parseYaml(source, dialect);
  if (problems.length > 0) throw new DriftError(code, problems.slice(0, MAX_PROBLEMS));
  if (node) return node;
  throw new DriftError(code, [{ code: 'file-empty', message: 'the file is empty', file: source.path, line: 1 }]);
}

/** A brace may also open a flow map of YAML, except in a `.json` file. */
function parseJsonOrYaml(source: Source, dialect: Dialect) {
  const json = parseJson(source);
  const isFinal = source.path.endsWith('.json') || json.problems.some(({ code }) => code === 'file-too-big');
  if (json.problems.length === 0 || isFinal) return json;
  const yaml = parseYaml(source, dialect);
  return yaml.problems.length === 0 ? yaml : json;
}

function looksLikeJson(source: Source): boolean {
  return source.path.endsWith('.json') || isJsonText(source.text);
}

/** Whether a text begins as JSON does; a flow map of YAML does as well. */
export function isJsonText(text: string): boolean {
  return /^\uFEFF?\s*[{[]/.test(text);
}
