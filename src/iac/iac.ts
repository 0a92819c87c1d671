import type { DeployedStack, Provider, StackTarget } from '../cloud/cloud.js';
import type { ReadableTypes } from '../cloud/types.js';
import type { TypeSystem } from '../compare/types.js';
import type { Checkout } from '../git/repository.js';
import type { ConfiguredParameter } from '../model/parameter.js';
import type { Finding, Patch, Remedy, RuleReport } from '../model/report.js';
import type { Editor } from '../patch/ports.js';
import type { SecretTypes } from '../secrets/types.js';
import type { RatedTypes } from '../severity/types.js';
import type { CommentPlaces } from '../suppress/comments/ports.js';
import type { Source } from '../syntax/source.js';
import type { Evaluated } from '../value/evaluated.js';
import type { ForeignElement, NotReverted, RootStack } from './root-stack.js';
import type { Reader, ReadingTools, Template } from './state.js';
import type { Suggested } from './suggestions.js';
import type { Surveyed } from './survey.js';
import type { Discovery, MadeStack, TargetFilter } from './wanted.js';

/** A kind of infrastructure as code: all that the rest of the tool asks of it. One folder beside this file each. */
export interface Iac {
  /** What reports call it. */
  readonly name: string;
  readonly types: IacTypes;
  /** Where its templates have room for comments and metadata of ours. */
  readonly comments: CommentPlaces;
  /** Knows how its sources are edited; the patch engine proves what it proposes. */
  readonly editor: Editor;
  /**
   * The stacks that templates of a repository belong to, where no configuration names them. Throws a `DriftError` when
   * nothing can be scanned.
   */
  find(checkout: Checkout, provider: Provider, filter: TargetFilter): Promise<Discovery>;
  /** The stacks that a program has made into a folder of the checkout. Throws a `DriftError` where there are none to be read. */
  made(checkout: Checkout, folder: string): Promise<MadeStack[]>;
  /** Reads a template. Throws a `DriftError` with all its problems. */
  parse(source: Source): Template;
  /**
   * Evaluates a template by itself; what only a deployed stack knows stays unresolved. Throws a `DriftError` with all
   * problems of the template or of what it is given.
   */
  evaluate(template: Template, given: TemplateInputs): Evaluated;
  /** What a file gives the parameters of a stack. Throws a `DriftError` with all its problems. */
  parameters(source: Source): Map<string, ConfiguredParameter>;
  /** What templates ask of those who read their stacks; without paths, all that are any good. Throws a `DriftError`. */
  survey(checkout: Checkout, paths?: ReadonlySet<string>): Promise<Surveyed>;
  /** The stacks that are nested in a deployed one. */
  nestedIn(deployed: DeployedStack): StackTarget[];
  /** What a configuration can be written from. Throws a `DriftError` when nothing could be matched. */
  suggest(checkout: Checkout, provider: Provider, filter: TargetFilter): Promise<Suggested>;
  /** Begins to read the stacks of one scan. */
  reader(tools: ReadingTools): Reader;
  /**
   * How to resolve a finding, with the exact commands, the way first that `first` names. `root` is its stack; `foreign` is
   * what other stacks put into the stack's resources, since undoing covers all of it; `scanned` are the words that say what
   * was scanned, such as `--config` and its file; `patch` is what came of looking for an edit.
   */
  remedies(
    finding: Finding,
    root: RootStack | undefined,
    scanned: readonly string[],
    given?: { foreign?: readonly ForeignElement[] | undefined; patch?: Patch; first?: RuleReport['first'] },
  ): Remedy[];
  /** Why a change set of the stack does not undo a finding; undefined where it may, or where there is no telling. */
  notReverted?(finding: Finding): NotReverted | undefined;
}

/** What a template is evaluated with where there is no stack. */
export interface TemplateInputs {
  configured: Map<string, ConfiguredParameter>;
  /** Whether parameters may lack a value: what hangs on them stays unresolved then. */
  mayLack?: boolean;
  region: string;
  stackName: string;
}

/** What is known of a kind's resource types; each floor asks it through a port of its own. */
export interface IacTypes extends SecretTypes, TypeSystem, RatedTypes, ReadableTypes {}
