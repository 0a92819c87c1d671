/** SAM's: it makes resources of its own types; the others stay as they are written. */
export const SERVERLESS = 'AWS::Serverless-2016-10-31';

/** Language extensions are evaluated here; these others touch hooks or one property of their own. */
const HARMLESS_TRANSFORMS = /^AWS::(?:LanguageExtensions|CodeDeployBlueGreen|SecretsManager-[-\d]+)$/;
/** Of AWS itself: they make more resources, and leave those that are written out as they are. */
const ADDING_TRANSFORMS = /^AWS::(?:Serverless-2016-10-31|Include)$/;

/** Whether a transform may make resources that the template does not declare itself. */
export function mayMakeResources(transform: string): boolean {
  return !HARMLESS_TRANSFORMS.test(transform);
}

/** The first of a template's transforms that makes other resources of those which are written out in it. */
export function rewritingMacro(transforms: readonly string[]): string | undefined {
  return transforms.find((name) => mayMakeResources(name) && !ADDING_TRANSFORMS.test(name));
}
