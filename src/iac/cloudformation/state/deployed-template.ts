import { DriftError } from '../../../base/errors.js';
import type { DeployedStack } from '../../../cloud/cloud.js';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import { createSource } from '../../../syntax/source.js';
import { isUnresolved, type Plain, type PlainObject } from '../../../value/value.js';
import type { DeployedTemplate } from '../../state.js';
import { isSameText, maskedText } from '../template/deployed-text.js';
import type { EvaluatedTemplate } from '../template/evaluate.js';
import { parseTemplate, type Template } from '../template/parse.js';

/** What the stack was last deployed from, before it is evaluated. */
export type DeployedText =
  | { kind: 'same' }
  | { kind: 'other'; template: Template }
  | { kind: 'unknown'; reason?: string };

interface Sides {
  /** As CloudFormation returns it; undefined where it is not known. */
  text: string | undefined;
  stack: DeployedStack;
  template: Template;
  configured: ReadonlyMap<string, ConfiguredParameter>;
}

/**
 * Parses the deployed template. Only where text or parameters differ from Git's is there anything to evaluate; a template
 * that can't be read is `unknown`, with the reason.
 */
export function readDeployed({ text, stack, template, configured }: Sides): DeployedText {
  if (text === undefined) return { kind: 'unknown' };
  if (isSameText(text, template.source.text) && haveSameParameters(configured, stack)) return { kind: 'same' };
  return orUnknown(() => ({
    kind: 'other',
    template: parseTemplate(createSource(`the deployed template of ${stack.name}`, text)),
  }));
}

/** Evaluates the deployed template, with the deployed parameters; one that can't be evaluated is `unknown`, too. */
export function evaluateDeployed(
  deployed: DeployedText,
  evaluate: (template: Template, configured: Map<string, ConfiguredParameter>) => EvaluatedTemplate,
): DeployedTemplate {
  if (deployed.kind !== 'other') return deployed;
  return orUnknown(() => ({ kind: 'other', evaluated: evaluate(deployed.template, new Map()) }));
}

function orUnknown<T>(read: () => T): T | { kind: 'unknown'; reason: string } {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DriftError)) throw error;
    return { kind: 'unknown', reason: error.problems[0]?.message ?? error.message };
  }
}

/** Whether what is configured is what the stack was deployed with; a value that CloudFormation masks says nothing. */
function haveSameParameters(
  configured: ReadonlyMap<string, ConfiguredParameter>,
  { parameters }: DeployedStack,
): boolean {
  return [...configured].every(([name, { value }]) => {
    const deployed = Object.hasOwn(parameters, name) ? parameters[name]?.value : undefined;
    return deployed === value || deployed === '****';
  });
}

/**
 * Deployed properties with those texts put back that CloudFormation returned with `?` and that the same resource has in
 * full elsewhere: in Git, or live. `instead` gives what is put in their place.
 */
export function unmasked(
  deployed: PlainObject,
  elsewhere: PlainObject,
  instead: (full: string) => Plain = (full) => full,
): PlainObject {
  const full = new Map<string, string>();
  collect(elsewhere);
  if (full.size === 0) return deployed;
  return restore(deployed) as PlainObject;

  function collect(value: Plain): void {
    if (typeof value === 'string' && /[^\p{ASCII}]/u.test(value)) full.set(maskedText(value), value);
    if (typeof value === 'object' && value !== null && !isUnresolved(value)) Object.values(value).forEach(collect);
  }

  function restore(value: Plain): Plain {
    if (typeof value === 'string') {
      const found = value.includes('?') ? full.get(maskedText(value)) : undefined;
      return found === undefined ? value : instead(found);
    }
    if (Array.isArray(value)) return value.map(restore);
    if (typeof value !== 'object' || value === null || isUnresolved(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restore(item)]));
  }
}
