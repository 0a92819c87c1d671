import { lazily } from '../../../base/lazily.js';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import type { Target } from '../../../model/target.js';
import { MASK } from '../../../secrets/secret-text.js';
import { type PlainObject, unresolved } from '../../../value/value.js';
import type { State } from '../../state.js';
import { makesResources } from '../nested/nested.js';
import type { Composer } from '../processed/composer.js';
import { remadeOf } from '../processed/remake.js';
import { programOf } from '../program.js';
import { rootStack } from '../remedies/root-stack.js';
import { plain } from '../sources/plain.js';
import { isModule } from '../template/made-elsewhere.js';
import { isLocalPath, isNestedStack } from '../template/nested-stack.js';
import type { Template } from '../template/parse.js';
import { rewritingMacro, SERVERLESS } from '../template/transforms.js';
import { cloudFormationTypes } from '../types/types.js';
import { unmasked } from './deployed-template.js';
import type { StackState } from './model.js';

type Facts = Pick<StackState, 'template' | 'path' | 'deployed' | 'evaluated' | 'deployedResources' | 'evaluate'> & {
  composer: Composer | undefined;
  /** Why it is not known what was made of the template, where something was. */
  unmade: string | undefined;
};
type Answers = Pick<
  State,
  'trace' | 'ahead' | 'isProcessed' | 'program' | 'madeElsewhere' | 'mayBeMade' | 'comparable' | 'restored' | 'root'
>;

/** What a stack that was read answers to those who plan, judge and patch it. */
export function answersOf(target: Target, facts: Facts): Answers {
  const { template, path, evaluated, evaluate, composer, unmade } = facts;
  const trace = composer?.trace ?? plain.trace;
  const ahead = lazily(() => composer?.ahead());
  const macro = rewritingMacro(evaluated.transforms);
  const because = unmade === undefined ? '' : `: ${unmade}`;
  const isMadeKnown = composer !== undefined;
  const isSam = isMadeKnown && template.transforms.includes(SERVERLESS);
  const remake = (version: Template, inputs: ReadonlyMap<string, ConfiguredParameter>) => {
    const deployed = Object.entries(facts.deployed.parameters).map(
      ([name, { value, resolvedValue }]) => [name, { value: resolvedValue ?? value }] as const,
    );
    // What is not shown of a stack is no other program's business either: its messages may quote it.
    const hidden = deployed.filter(([, { value }]) => value === MASK);
    return remadeOf(version, new Map([...deployed, ...inputs, ...hidden]), target.region);
  };
  return {
    trace,
    isProcessed: isMadeKnown,
    ahead(logicalId) {
      const found = ahead()?.get(logicalId);
      return found && { reason: found.reason, location: trace(found.source, found.range) };
    },
    program: (surroundings, configured) =>
      programOf(template, {
        target: surroundings,
        configured,
        evaluate,
        proof: isMadeKnown ? 'rules' : undefined,
        remake: isSam ? remake : undefined,
      }),
    mayBeMade: isMadeKnown ? () => false : makesResources(facts),
    madeElsewhere({ type, presence }) {
      if (isMadeKnown) return undefined;
      if (macro !== undefined)
        return `the macro ${macro} makes the deployed resource; Git does not hold its output${because}`;
      const transform = cloudFormationTypes.transformOf(type);
      if (transform !== undefined) return `${transform} makes other resources of it${because}`;
      if (presence === 'unknown' || !isModule(type)) return undefined;
      return `the module ${type} makes other resources of it${because}`;
    },
    comparable(type, declared, live) {
      const own = beforePackaging(type, declared);
      // Where the deployed template stands for Git's, what CloudFormation does not return of it is not known.
      return path === null || isMadeKnown ? unmasked(own, live, () => unresolved(LOST)) : own;
    },
    restored: (deployed, desired) => unmasked(deployed, desired),
    root: (scannedWith) => rootStack(target, facts, scannedWith),
  };
}

const LOST = 'the deployed template has "?" for what is not ASCII';

/** Where a nested stack's template is uploaded to shows only when it is packaged. */
function beforePackaging(type: string, desired: PlainObject): PlainObject {
  const url = desired['TemplateURL'];
  if (!isNestedStack(type) || typeof url !== 'string' || !isLocalPath(url)) return desired;
  const reason = 'a local path until it is packaged; the nested stack is compared by itself';
  return { ...desired, TemplateURL: unresolved(reason, { never: true }) };
}
