import type { Definition, Echo } from '../../../compare/types.js';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html */
export const DEFINITIONS: ReadonlyMap<string, Definition> = new Map([
  [
    'AWS::StepFunctions::StateMachine',
    { text: 'DefinitionString', object: 'Definition', substitutions: 'DefinitionSubstitutions' },
  ],
]);

/** A KMS key may be named by its aliases. */
export const ALIASES: ReadonlyMap<string, { name: string; target: string }> = new Map([
  ['AWS::KMS::Alias', { name: 'AliasName', target: 'TargetKeyId' }],
]);

export const ECHOES: ReadonlyMap<string, readonly Echo[]> = new Map([
  [
    'AWS::CertificateManager::Certificate',
    [
      {
        list: '/SubjectAlternativeNames',
        of: 'DomainName',
        because: 'ACM lists the name itself among the alternative names (API reference, CertificateDetail)',
      },
    ],
  ],
]);
