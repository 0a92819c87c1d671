import { AwsError, type Call, type Cloud } from './state.js';

/** Keys of assumed roles tell their account: `ASIA` and its number. Every other key belongs to the first account. */
export function accountOfKey(cloud: Cloud, accessKey: string): string {
  return /^ASIA(\d{12})$/.exec(accessKey)?.[1] ?? Object.keys(cloud.accounts)[0] ?? '';
}

export function sts(call: Call): Record<string, unknown> {
  switch (call.operation) {
    case 'GetCallerIdentity':
      return { Account: call.account, Arn: `arn:aws:iam::${call.account}:user/reader`, UserId: 'AIDASIMULATOR' };
    case 'AssumeRole': {
      const account = String(call.input['RoleArn']).split(':')[4];
      const Credentials = {
        AccessKeyId: `ASIA${account}`,
        SecretAccessKey: 'simulated',
        SessionToken: 'session',
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      };
      return { Credentials };
    }
    default:
      throw new AwsError('InvalidAction', `Could not find operation ${call.operation}`);
  }
}
