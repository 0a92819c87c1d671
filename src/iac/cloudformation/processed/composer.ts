import type { ConfiguredParameter } from '../../../model/parameter.js';
import { get, section } from '../../../syntax/node.js';
import type { Trace } from '../../../value/locate.js';
import type { EvaluatedTemplate } from '../template/evaluate.js';
import type { Template } from '../template/parse.js';
import { type Ahead, aheadOf } from './ahead.js';
import { type Composed, compose, type Version } from './compose.js';
import { nodesOf, type Owners, ownersOf } from './owners.js';
import type { Processed } from './processed.js';
import { traceOf } from './trace.js';

type Configured = Map<string, ConfiguredParameter>;
type Evaluate = (template: Template, configured: Configured) => EvaluatedTemplate;

/** A stack's source as it is in Git, with what was made of the deployed one. */
export interface Composer {
  /** What a version of the source, or of its configured parameters, comes to. */
  evaluate(version: Template, configured: Configured): EvaluatedTemplate;
  /** What was deployed. */
  deployed(): EvaluatedTemplate;
  /** Where the source is not deployed as it is, in ways that can't be told value by value; by the made resource's logical ID. */
  ahead(): ReadonlyMap<string, Ahead>;
  trace: Trace;
  /** Forgets what came of evaluating the deployed source: there is more to know now. */
  renew(): void;
}

/** What composing a stack's source goes by. */
interface Given {
  processed: Processed;
  /** Git's. */
  template: Template;
  configured: Configured;
  /** Whether the stack was deployed from just these. */
  isSame: boolean;
  /** Evaluates a template by itself. */
  evaluate: Evaluate;
}

export function composerOf({ processed, template, configured, isSame, evaluate }: Given): Composer {
  const { made, original } = processed;
  let base: Version | undefined;
  let owners: Owners | undefined;
  let tracer: Trace | undefined;

  function baseVersion(): Version {
    base ??= versionOf(original, isSame ? configured : new Map());
    return base;
  }

  function versionOf(version: Template, given: Configured): Version {
    return { template: version, said: evaluate(version, given), made: evaluate(made, knownTo(made, given)) };
  }

  function ownersNow(): Owners {
    owners ??= ownersOf(nodesOf(original, baseVersion().said), original.root, made);
    return owners;
  }

  function composed(version: Template, given: Configured): { now: Version; composed: Composed } {
    const isBase = isSame && version === original && given === configured;
    const now = isBase ? baseVersion() : versionOf(version, given);
    return { now, composed: compose(baseVersion(), now, ownersNow()) };
  }

  return {
    evaluate: (version, given) => composed(version, given).composed,
    deployed: () => baseVersion().made,
    ahead() {
      const before = compose(baseVersion(), baseVersion(), ownersNow());
      const { now, composed: after } = composed(template, configured);
      return byMade(aheadOf(baseVersion(), now, [before, after], ownersNow()), ownersNow());
    },
    trace: (source, range) => {
      tracer ??= traceOf(template, made, ownersNow(), nodesOf(template, composed(template, configured).now.said));
      return tracer(source, range);
    },
    renew() {
      base = undefined;
      tracer = undefined;
    },
  };
}

/** What is told of an owner stands at the resource of the same logical ID, else at the first that was made of it. */
function byMade(ahead: ReadonlyMap<string, Ahead>, owners: Owners): Map<string, Ahead> {
  const found = new Map<string, Ahead>();
  for (const [owner, told] of ahead) {
    const made = owners.has(owner) ? owner : [...owners].find(([, each]) => each === owner)?.[0];
    if (made !== undefined) found.set(made, told);
  }
  return found;
}

/** The parameters that a template has: Git's may have gained some since. */
function knownTo({ root }: Template, given: Configured): Configured {
  const declared = section(root, 'Parameters');
  return new Map([...given].filter(([name]) => get(declared, name) !== undefined));
}
