/** Which literals of the sources name types and functions of CloudFormation, for `check-floors.js`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';

/** Who may name them: the adapter, and what asks AWS by the names of its types. */
export const NAMERS = ['iac/cloudformation', 'provider/aws'];

/** Most files have nothing like it, and need not be parsed. */
const LIKELY = /['"`](?:AWS::|Fn::|Ref['"`])/;

/** The literals outside of these folders that begin with `AWS::` or `Fn::`, or are `Ref`; each as `file:line: text`. */
export function forbiddenLiterals(root, allowed = NAMERS) {
  return readdirSync(root, { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !allowed.some((folder) => file.startsWith(`${folder}/`)))
    .sort()
    .flatMap((file) => literalsIn(readFileSync(join(root, file))).map(({ line, text }) => `${file}:${line}: ${text}`));
}

function literalsIn(bytes) {
  const source = bytes.toString('utf8');
  if (!LIKELY.test(source)) return [];
  const found = [];
  visit(parseSync(source, { syntax: 'typescript' }), (text, { start }) => {
    // Offsets are of bytes, and count from one.
    if (isForbidden(text))
      found.push({
        line: bytes
          .subarray(0, start - 1)
          .toString('utf8')
          .split('\n').length,
        text,
      });
  });
  return found;
}

function isForbidden(text) {
  return /^(?:AWS::|Fn::)/.test(text) || text === 'Ref';
}

/** Tells of each text in quotes, and of what each template literal begins with. */
function visit(node, tell) {
  if (typeof node !== 'object' || node === null) return;
  if (node.type === 'StringLiteral') tell(node.value, node.span);
  if (node.type === 'TemplateLiteral') {
    const [first] = node.quasis;
    if (first.raw !== 'Ref' || node.quasis.length === 1) tell(first.raw, node.span);
  }
  for (const inner of Object.values(node)) visit(inner, tell);
}
