import type { Json, JsonObject } from '../../../../base/json.js';
import { isAt } from './volatile.js';

/** A default that AWS sets only beside certain other values: elsewhere the same value is somebody's. */
interface Condition {
  type: string;
  path: string;
  value: Json;
  /** A pointer into the live model, and the value there; without `is`, any value. */
  beside: { path: string; is?: Json };
  because: string;
}

/** Values that open or switch off something, and were seen as defaults beside others only. */
export const CONDITIONS: readonly Condition[] = [
  {
    type: 'AWS::RDS::DBInstance',
    path: '/PubliclyAccessible',
    value: true,
    beside: { path: '/DBSubnetGroupName', is: 'default' },
    because: 'RDS makes an instance public by itself in the default VPC alone (seen; API reference, CreateDBInstance)',
  },
  {
    type: 'AWS::SQS::Queue',
    path: '/SqsManagedSseEnabled',
    value: false,
    beside: { path: '/KmsMasterKeyId' },
    because: 'SQS encrypts with its own key, but where KMS does (seen; SQS developer guide)',
  },
  {
    type: 'AWS::Cognito::UserPool',
    path: '/Policies/PasswordPolicy/RequireLowercase',
    value: false,
    beside: { path: '/Policies/PasswordPolicy/RequireUppercase', is: false },
    because: 'what a declared policy leaves out is off; without a policy all of it is on (seen)',
  },
  {
    type: 'AWS::Cognito::UserPool',
    path: '/Policies/PasswordPolicy/RequireUppercase',
    value: false,
    beside: { path: '/Policies/PasswordPolicy/RequireLowercase', is: false },
    because: 'what a declared policy leaves out is off; without a policy all of it is on (seen)',
  },
];

/** Whether a default of AWS is one here, by what stands beside it. */
export function standsHere(type: string, path: string, value: Json, live: JsonObject): boolean {
  return CONDITIONS.every((condition) => {
    if (condition.type !== type || condition.path !== path || condition.value !== value) return true;
    return isAt(live, condition.beside.path, condition.beside.is);
  });
}
