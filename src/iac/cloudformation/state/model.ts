import type { ListedStack } from '../../../cloud/cloud.js';
import type { ConfiguredParameter } from '../../../model/parameter.js';
import type { Target } from '../../../model/target.js';
import type { IacTypes } from '../../iac.js';
import type { ReadingTools, State } from '../../state.js';
import type { CdkStack } from '../cdk/stack.js';
import type { ChildStack } from '../find/match-child.js';
import type { EvaluatedTemplate } from '../template/evaluate.js';
import type { Template } from '../template/parse.js';

/** What reading a stack needs. */
export interface StackContext extends Omit<ReadingTools, 'checkout'> {
  resourceTypes: IacTypes;
  /** The template at a path of the checkout, parsed. */
  templateOf(path: string): Promise<Template>;
  /** What made a stack's templates, where CDK did. */
  cdkOf(target: Pick<Target, 'template' | 'ancestors'>): Promise<CdkStack | undefined>;
  /** The path of the template in Git that a nested stack was deployed from; undefined where there is none. */
  templateFor(child: ChildStack): Promise<string | undefined>;
  /** The stacks of a region, listed once. */
  stacksIn(region: string, roleArn: string | undefined): Promise<readonly ListedStack[]>;
  /** The account that a role's (or the default) credentials belong to, where the provider knows it. */
  accountOf(roleArn: string | undefined): Promise<string | undefined>;
  /** Exports of a region, read once. */
  exportsOf(region: string, roleArn: string | undefined): Promise<Record<string, string>>;
}

/** A deployed stack, with what only CloudFormation knows of it. */
export interface StackState extends State {
  template: Template;
  evaluated: EvaluatedTemplate;
  /** The template of a nested stack, where what made this stack's template says so. */
  nestedTemplate?(logicalId: string, url: string | undefined): string | undefined;
  /** Evaluates another version of the template or of its configured parameters, with all else as it was read. */
  evaluate(template: Template, configured: Map<string, ConfiguredParameter>): EvaluatedTemplate;
}
