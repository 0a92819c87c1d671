import type { ReadableTypes } from '../../types.js';
import { getResource } from '../cloud-control.js';
import type { Place } from '../place.js';
import type { AwsSession } from '../session.js';
import { type Arn, lastPart } from './arn.js';

/** Whether a resource that the tagging API told of is there; `doubt` says why that can't be said. */
export type Presence = { present: boolean; identifier: string; doubt?: string };

/** Identifiers that are neither the ARN nor its last part. */
const IDENTIFIERS: Record<string, (arn: Arn) => string> = {
  'AWS::Logs::LogGroup': ({ id }) => id.replace(/:\*$/, ''),
  'AWS::SecretsManager::Secret': ({ text }) => text,
  'AWS::SQS::Queue': ({ region, account, id, partition }) =>
    `https://sqs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${account}/${id}`,
  // A parameter `name` and a parameter `/name` have the same ARN; names with a slash in them must begin with one.
  'AWS::SSM::Parameter': ({ id }) => (id.includes('/') ? `/${id}` : id),
};

/**
 * Asks Cloud Control whether a resource exists: the tagging API tells of deleted ones for a while. Never rejects for one
 * resource; where the type can't be read, or the identifier can't be told from the ARN, there is a doubt.
 */
export async function verify(
  session: AwsSession,
  resourceTypes: ReadableTypes,
  place: Place,
  arn: Arn,
  type: string | undefined,
): Promise<Presence> {
  const known = type === undefined ? undefined : resourceTypes.get(type);
  const name = lastPart(arn);
  if (known === undefined || !known.readable) {
    return { present: true, identifier: name, doubt: 'Cloud Control does not read it, so it may be gone already' };
  }
  const own = IDENTIFIERS[known.name]?.(arn);
  const physicalId = known.primaryIdentifier.some((path) => /arn$/i.test(path)) ? arn.text : name;
  const environment = { region: place.region, accountId: arn.account };
  const built =
    own === undefined
      ? resourceTypes.identifier(known, { physicalId, properties: {}, environment })
      : { identifier: own, certain: true };
  if ('missing' in built) {
    const doubt = `its ARN does not tell its ${built.missing}, so it was not verified that it still exists`;
    return { present: true, identifier: physicalId, doubt };
  }
  const { identifier, certain } = built;
  const answer = await getResource(session, place, known.name, identifier);
  switch (answer.status) {
    case 'live':
      return { present: true, identifier };
    case 'deleted':
      // Without the right identifier, nothing is found either.
      return certain && isNameCertain(known.name, arn)
        ? { present: false, identifier }
        : { present: true, identifier, doubt: `Cloud Control finds no ${known.name} ${identifier}` };
    default:
      return { present: true, identifier, doubt: `it was not verified that it still exists: ${answer.reason}` };
  }
}

function isNameCertain(type: string, { id }: Arn): boolean {
  return type !== 'AWS::SSM::Parameter' || id.includes('/');
}
