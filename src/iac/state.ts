import type { Problem } from '../base/errors.js';
import type { DeployedStack, LiveResource, Provider, StackResource, StackTarget } from '../cloud/cloud.js';
import type { LearnedOwners } from '../cloud/snapshot/write.js';
import type { FindOthers } from '../compare/comparing.js';
import type { Checkout } from '../git/repository.js';
import type { UnseenStack } from '../model/coverage.js';
import type { Defects } from '../model/defects.js';
import type { ZonesAnswer } from '../model/deployed.js';
import type { ConfiguredParameter } from '../model/parameter.js';
import type { Target } from '../model/target.js';
import type { Parsed, Program } from '../patch/ports.js';
import type { Location } from '../syntax/location.js';
import type { Source } from '../syntax/source.js';
import type { Evaluated, EvaluatedResource } from '../value/evaluated.js';
import type { Trace } from '../value/locate.js';
import type { PlainObject } from '../value/value.js';
import type { RootStack } from './root-stack.js';

/** A template as it is read, before it is evaluated. */
export interface Template extends Parsed {
  /** Types of the resources that are written out, by logical ID. */
  resourceTypes: ReadonlyMap<string, string>;
}

/** What the stack was last deployed from, next to what Git has; `same` may differ in what says nothing. */
export type DeployedTemplate =
  | { kind: 'same' }
  | { kind: 'other'; evaluated: Evaluated }
  | { kind: 'unknown'; reason?: string };

/** The part of a program that made a resource of a template. */
export interface Construct {
  /** What its program calls it: `Data/Orders`. */
  path: string;
  /** The line that created it, in `source`; absent where that is not known. */
  location?: Location;
  source?: Source;
}

/** The code that makes a stack's template. */
export interface Code {
  /** By logical ID. */
  constructs: ReadonlyMap<string, Construct>;
  /** What a person should know of how the template was made. */
  notices: readonly Problem[];
  /** How to get the lines that are not known. */
  noLine: Problem;
  /** Why a value of a resource, or the whole of it, is not written back, and what to write instead. */
  noPatch(logicalId: string | undefined, path: string): string;
}

/** All there is to know of one stack before comparing: Git's side evaluated, the deployed structure, the live state. */
export interface State {
  template: Template;
  /** Where it is in Git; null where the deployed template stands for Git's. */
  path: string | null;
  deployed: DeployedStack;
  /** What the stack was last deployed from. */
  deployedTemplate: DeployedTemplate;
  account: string | undefined;
  evaluated: Evaluated;
  /** Deployed resources by logical ID, without those already deleted. */
  deployedResources: Map<string, StackResource>;
  /** Live state by logical ID, of the resources that are declared and deployed as the same type. */
  live: Map<string, LiveResource>;
  /** Logical IDs of the resources whose live attributes the template was evaluated with. */
  asked: ReadonlySet<string>;
  /** The availability zones that the templates ask for, by region. */
  zones: ReadonlyMap<string, ZonesAnswer>;
  /** Where a person finds what stands at a range of the stack's sources. */
  trace: Trace;
  /** Of a template that code makes: what is known of that. Nothing is written into such a template. */
  code?: Code | undefined;
  /** The stack's sources as a program; `configured` are its parameters when some files are other than they were, by path. */
  program(
    target: Target,
    configured: (edited: ReadonlyMap<string, Source>) => Map<string, ConfiguredParameter>,
  ): Program;
  /** Why a deployed resource is not as Git's source has it, where that can't be told value by value. */
  ahead?(logicalId: string): { reason: string; location: Location } | undefined;
  /** Whether something made what is deployed of the stack's sources. */
  isProcessed?: boolean;
  /** Why something else makes a declared resource, or others of it; undefined where it is deployed as it is declared. */
  madeElsewhere(resource: EvaluatedResource): string | undefined;
  /** Whether a resource that Git's template does not declare may have been made of it nevertheless. */
  mayBeMade(logicalId: string): boolean;
  /** Declared properties without what shows only when they are deployed, or is no longer known. */
  comparable(type: string, declared: PlainObject, live: PlainObject): PlainObject;
  /** Deployed properties with what the service does not return of them taken from Git's. */
  restored(deployed: PlainObject, desired: PlainObject): PlainObject;
  /** What reverting the stack's drift takes; `scannedWith` is the stack that it is scanned with, where that is another. */
  root(scannedWith: string | undefined): RootStack;
}

/** A stack that another stack's resource has made. */
export interface Child {
  target: Target;
  /** Whether it was deployed by itself, with parameters of its own; else it is nested. */
  isInstance: boolean;
}

/** Looks for what stacks put into resources of others. */
export interface Owners {
  /** For the resources of a stack. */
  of(target: StackTarget): FindOthers;
  /** All that was found, for a snapshot. */
  learned(): LearnedOwners[];
}

/** What reading stacks needs. */
export interface ReadingTools {
  checkout: Checkout;
  provider: Provider;
  onResource(progress: { found: number; read: number }): void;
  /** Where unexpected failures are noted. */
  defects: Defects;
}

/** Reads the stacks of one scan: what they share is read once. */
export interface Reader {
  /** The template at a path of the checkout. Throws a `DriftError` with all its problems. */
  templateOf(path: string): Promise<Template>;
  /** Throws a `DriftError` where the template is bad or the stack can't be read; single resources never make it fail. */
  state(target: Target): Promise<State>;
  /** The stacks that a stack's resources have made, and those that can't be looked at from here. */
  children(target: Target, state: State): Promise<{ children: Child[]; notLooked: UnseenStack[] }>;
  /** `places`: all that are scanned. `limit`: in a region with more stacks than this nobody looks for owners. */
  owners(places: readonly Pick<StackTarget, 'region' | 'roleArn'>[], limit?: number): Owners;
}
