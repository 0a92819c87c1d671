import { posix } from 'node:path';
import { DriftError, type Problem } from '../../../base/errors.js';
import { isObject } from '../../../base/json.js';
import type { Checkout } from '../../../git/repository.js';
import { jsonOf } from '../../../syntax/node.js';
import { parseNode } from '../../../syntax/parse.js';
import type { Source } from '../../../syntax/source.js';
import { DIALECT } from '../template/dialect.js';

/** A deployment that SAM's configuration describes. */
export interface SamDeployment {
  /** Where it says so: `samconfig.toml (prod)`. */
  origin: string;
  stackName: string;
  /** Paths in the repository, the likeliest first; SAM looks for the next where one is missing. */
  templates: string[];
  region?: string;
  overrides: Map<string, string>;
}

const SAM_CONFIG = /(?:^|\/)samconfig\.(?:toml|ya?ml)$/;
const DEFAULT_TEMPLATES = ['template.yaml', 'template.yml', 'template.json'];

/** The deployments of all SAM configurations in a checkout, and what is wrong with those that can't be read. */
export async function readSamConfigs(
  checkout: Checkout,
): Promise<{ deployments: SamDeployment[]; warnings: Problem[] }> {
  const deployments: SamDeployment[] = [];
  const warnings: Problem[] = [];
  for (const path of (await checkout.list()).filter((each) => SAM_CONFIG.test(each))) {
    try {
      deployments.push(...(await parseSamConfig(await checkout.read(path))));
    } catch (error) {
      if (!(error instanceof DriftError)) throw error;
      warnings.push(...error.problems);
    }
  }
  return { deployments, warnings };
}

/**
 * The deployments in a `samconfig.toml` (or `.yaml`), one an environment that names a stack
 * (https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html).
 * Throws a `DriftError` (code `config`) for what can't be parsed.
 */
export async function parseSamConfig(source: Source): Promise<SamDeployment[]> {
  const content = source.path.endsWith('.toml')
    ? await parseToml(source)
    : jsonOf(parseNode(source, 'config', DIALECT));
  if (!isObject(content)) return [];
  return Object.entries(content).flatMap(([environment, commands]): SamDeployment[] => {
    const setting = (name: string) => settingOf(commands, name);
    const stackName = setting('stack_name');
    if (typeof stackName !== 'string' || stackName === '') return [];
    const folder = posix.dirname(source.path);
    const named = [setting('template_file'), setting('template')].filter((name) => typeof name === 'string');
    const region = setting('region');
    return [
      {
        origin: `${source.path} (${environment})`,
        stackName,
        templates: (named.length > 0 ? named : DEFAULT_TEMPLATES).map((name) => posix.join(folder, name)),
        ...(typeof region === 'string' ? { region } : {}),
        overrides: parseOverrides(setting('parameter_overrides')),
      },
    ];
  });
}

async function parseToml(source: Source): Promise<unknown> {
  const { parse, TomlError } = await import('smol-toml');
  try {
    return parse(source.text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [message = 'not valid TOML'] = error.message.split('\n');
    const { line, column } = error;
    throw new DriftError('config', [{ code: 'file-bad-toml', message, file: source.path, line, column }], {
      cause: error,
    });
  }
}

/** A command's own setting goes before that of all commands. */
function settingOf(commands: unknown, name: string): unknown {
  for (const command of ['deploy', 'global', 'build']) {
    const value = member(member(member(commands, command), 'parameters'), name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** `A=1 B="x y"`, `ParameterKey=A,ParameterValue=1`, or a list of these. */
function parseOverrides(value: unknown): Map<string, string> {
  const words = [value].flat().flatMap((text) => (typeof text === 'string' ? splitWords(text) : []));
  return new Map(
    words.flatMap((word): [string, string][] => {
      const [, longKey, longValue] = /^ParameterKey=([^,]+),ParameterValue=(.*)$/s.exec(word) ?? [];
      if (longKey !== undefined && longValue !== undefined) return [[longKey, longValue]];
      const at = word.indexOf('=');
      return at > 0 ? [[word.slice(0, at), word.slice(at + 1)]] : [];
    }),
  );
}

/** Splits at white space outside of quotes, as a shell would; quotes go, a backslash keeps the next character. */
function splitWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && at + 1 < text.length) {
      at += 1;
      word = (word ?? '') + text.charAt(at);
    } else if (quote === '' ? character === '"' || character === "'" : character === quote) {
      quote = quote === '' ? character : '';
      word ??= '';
    } else if (quote === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === undefined ? words : [...words, word];
}
