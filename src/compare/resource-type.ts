import type { MeaningKey } from './meanings/names.js';

/**
 * What is known of a CloudFormation resource type, from AWS's registry schema
 * (https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html).
 * Paths are JSON Pointers into the properties; `*` stands for any list index or map key.
 */
export interface ResourceType {
  name: string;
  /** Properties that make the Cloud Control identifier, in order. */
  primaryIdentifier: string[];
  readOnly: string[];
  writeOnly: string[];
  createOnly: string[];
  /** Lists whose order the schema says does not matter (`insertionOrder: false`). */
  unordered: string[];
  /** Lists whose order the schema says matters (`insertionOrder: true`); most lists are in neither. */
  ordered: string[];
  /** Maps whose keys are free (`patternProperties`), unlike objects with a fixed shape. */
  maps: string[];
  /** Objects without any shape: JSON documents such as policies. */
  documents: string[];
  /** Places that are no plain text, by what stands there and how that is known. */
  meanings: Partial<Record<MeaningKey, string[]>>;
  /** JSONata, applied to the desired value before comparing again; `$OR` joins alternatives. By path. */
  transforms: Record<string, string>;
  /** Defaults that the schema states, by path. */
  defaults: Record<string, string | number | boolean>;
  /** Where tags stand, if the type is taggable. */
  tagProperty?: string;
  /** Whether Cloud Control can read it, and with which IAM permissions. */
  readable: boolean;
  readPermissions: string[];
}
