import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { validateXML } from 'xmllint-wasm';

type HtmlNode = DefaultTreeAdapterMap['node'];

const read = (name: string) => readFileSync(new URL(`schemas/${name}`, import.meta.url), 'utf8');

/** What SARIF's own schema has against a text. It is of draft 04, which says `id` for `$id`. */
const validateSarif = (() => {
  const { id, $schema, ...schema } = JSON.parse(read('sarif-2.1.0-rtm.5.schema.json'));
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
})();

/** What GitLab asks of a code quality report. */
const validateGitlab = new Ajv2020({ allErrors: true }).compile(JSON.parse(read('gitlab-codequality.schema.json')));

/** What is wrong with a SARIF log; nothing where it is valid. */
export function sarifProblems(text: string): string[] {
  validateSarif(JSON.parse(text));
  return (validateSarif.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** What is wrong with a code quality report. */
export function gitlabProblems(text: string): string[] {
  const issues = JSON.parse(text) as { fingerprint: string }[];
  validateGitlab(issues);
  const problems = (validateGitlab.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  const isUnique = new Set(issues.map(({ fingerprint }) => fingerprint)).size === issues.length;
  return isUnique ? problems : [...problems, 'two issues have one fingerprint'];
}

/** What libxml2 has against a JUnit report by either schema: Ant's, and that of Jenkins. */
export async function junitProblems(text: string): Promise<string[]> {
  const schemas = ['junit-ant.xsd', 'junit-jenkins-10.xsd'];
  const results = await Promise.all(
    schemas.map((name) =>
      validateXML({ xml: text, schema: read(name), initialMemoryPages: 512, maxMemoryPages: 16384 }),
    ),
  );
  return results.flatMap(({ errors }, index) => errors.map(({ message }) => `${schemas[index]}: ${message}`));
}

/** GitHub's Markdown as HTML; what is raw HTML in it stays so. */
export function markdownHtml(text: string): string {
  return micromark(text, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

/** An element of a page, with the text in it. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
  /** The names of the elements around it, outermost first. */
  inside: readonly string[];
}

/** All elements of a piece of HTML, as a browser reads it. */
export function htmlElements(html: string): Element[] {
  return collect(parseFragment(html), []);
}

/** The text outside of `code` and `pre`: where GitHub looks for mentions, references and commits. */
export function proseOf(html: string): string {
  return textOf(parseFragment(html), ['code', 'pre']);
}

function collect(node: HtmlNode, inside: readonly string[]): Element[] {
  const children = 'childNodes' in node ? node.childNodes : [];
  if (!('tagName' in node)) return children.flatMap((child) => collect(child, inside));
  const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
  const own = { name: node.tagName, attributes, text: textOf(node, []), inside };
  return [own, ...children.flatMap((child) => collect(child, [...inside, node.tagName]))];
}

function textOf(node: HtmlNode, except: readonly string[]): string {
  if ('value' in node) return node.value;
  if (!('childNodes' in node) || ('tagName' in node && except.includes(node.tagName))) return '';
  return node.childNodes.map((child) => textOf(child, except)).join('');
}
