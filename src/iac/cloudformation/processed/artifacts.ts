import type { Json } from '../../../base/json.js';
import { isObject } from '../../../base/json.js';
import { isLocalPath } from '../template/nested-stack.js';

/**
 * Where a file of the repository is named until packaging replaces it by where it has put it
 * (https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html).
 */
const ARTIFACTS: ReadonlySet<string> = new Set([
  'BodyS3Location',
  'Code',
  'CodeS3Location',
  'CodeUri',
  'ScriptLocation',
  'Content',
  'ContentUri',
  'DefinitionS3Location',
  'DefinitionUri',
  'ImageUri',
  'Location',
  'RequestMappingTemplateS3Location',
  'ResponseMappingTemplateS3Location',
  'SchemaUri',
  'SourceBundle',
  'TemplateURL',
]);

/** A path, without what only code and prose have. */
const PATH = /^[^\s:;{}()<>"'`=,]{1,1024}$/;

/** Whether what stands under a key is a file: one of the repository, or the one that packaging has made of it. */
export function isArtifact(key: string, value: Json | undefined): boolean {
  return ARTIFACTS.has(key) && (isLocalFile(value) || isUploaded(value));
}

/** Whether what stands under a key is a file of the repository, which packaging replaces. */
export function isLocalArtifact(key: string, value: Json | undefined): boolean {
  return ARTIFACTS.has(key) && isLocalFile(value);
}

function isLocalFile(value: Json | undefined): boolean {
  return typeof value === 'string' && PATH.test(value) && isLocalPath(value);
}

function isUploaded(value: Json | undefined): boolean {
  if (typeof value === 'string') return /^(?:s3:\/\/|https:\/\/[^/]*\bs3\b|\d{12}\.dkr\.ecr\.)/.test(value);
  return isObject(value) && ['Bucket', 'S3Bucket'].some((key) => Object.hasOwn(value, key));
}
