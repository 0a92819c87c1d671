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

/** Whether what is deployed under a key is what packaging made of what Git has there: of a local path, or of nothing. */
export function isPackaged(key: string, deployed: Json | undefined, ours: Json | undefined): boolean {
  if (!ARTIFACTS.has(key) || (ours !== undefined && !isLocalFile(ours))) return false;
  return deployed === undefined || isLocalFile(deployed) || isUploaded(deployed);
}

/** Whether what stands under a key is a file of the repository, which packaging replaces. */
export function isLocalArtifact(key: string, value: Json | undefined): boolean {
  return ARTIFACTS.has(key) && isLocalFile(value);
}

/** What names an object of S3, by the part. */
const UPLOADED = /^(?:S3)?(?:Bucket|Key|Version|ObjectVersion)$/;

function isLocalFile(value: Json | undefined): boolean {
  return typeof value === 'string' && PATH.test(value) && isLocalPath(value);
}

function isUploaded(value: Json | undefined): boolean {
  if (typeof value === 'string') return /^(?:s3:\/\/|https:\/\/[^/]*\bs3\b|\d{12}\.dkr\.ecr\.)/.test(value);
  return isObject(value) && Object.keys(value).every((key) => UPLOADED.test(key));
}
