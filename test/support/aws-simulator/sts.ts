import { AwsError, type Call, type Cloud } from './state.js';

/** Keys of assumed roles tell their account: `ASIA` and its number. Every other key belongs to the first account. */
export function accountOfKey(cloud: Cloud, accessKey: string): string {
  return /^ASIA(\d{12})$/.exec(accessKey)?.[1] ?? Object.keys(cloud.accounts)[0] ?? '';
}

/** STS: who somebody is, and credentials of other roles. */
export function sts(cloud: Cloud, call: Call): Record<string, unknown> {
  switch (call.operation) {
    case 'GetCallerIdentity':
      return { Account: call.account, Arn: `arn:aws:iam::${call.account}:user/reader`, UserId: 'AIDASIMULATOR' };
    case 'AssumeRole': {
      const role = String(call.input['RoleArn']);
      const account = role.split(':')[4];
      const trust = cloud.roles === undefined ? {} : cloud.roles[role];
      if (trust === undefined || trust.externalId !== call.input['ExternalId']) {
        const caller = `arn:aws:iam::${call.account}:user/reader`;
        const message = `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${role}`;
        throw new AwsError('AccessDenied', message, 403);
      }
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
