import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { AwsError } from '../../support/aws-simulator/state.js';
import { readRequest, type WireRequest, writeAnswer, writeError } from '../../support/aws-simulator/wire.js';
import { ServiceError } from '../support/services.js';
import { readLogGroup, readParameter, readRole, readStack } from './management.js';
import { listQueues, readQueue, readTopic } from './messaging.js';
import type { ReadModel } from './model.js';
import { readSecurityGroup, readVpc } from './network.js';
import { readBucket, readTable } from './storage.js';

const MODELS = new Map<unknown, ReadModel>([
  ['AWS::CloudFormation::Stack', readStack],
  ['AWS::DynamoDB::Table', readTable],
  ['AWS::EC2::SecurityGroup', readSecurityGroup],
  ['AWS::EC2::VPC', readVpc],
  ['AWS::IAM::Role', readRole],
  ['AWS::Logs::LogGroup', readLogGroup],
  ['AWS::S3::Bucket', readBucket],
  ['AWS::SNS::Topic', readTopic],
  ['AWS::SQS::Queue', readQueue],
  ['AWS::SSM::Parameter', readParameter],
]);

/** Types that can be listed here. */
const LISTS = new Map<unknown, typeof listQueues>([['AWS::SQS::Queue', listQueues]]);

/** What the services call a resource that is not there. */
const NOT_THERE = /NotFound|NonExistent|NoSuch|DoesNotExist/;

export interface CloudControlProxy {
  url: string;
  /** The requests that came through, in order. */
  log: { service: string; operation: string; region: string; accessKey: string }[];
  close(): Promise<void>;
}

/** Passes requests on to moto, but those to Cloud Control, which moto does not have: those it answers from moto's services. */
export async function startCloudControlProxy(motoUrl: string): Promise<CloudControlProxy> {
  const log: CloudControlProxy['log'] = [];

  async function getResource(request: WireRequest): Promise<Record<string, unknown>> {
    const { TypeName, Identifier } = request.input;
    const list = request.operation === 'ListResources' ? LISTS.get(TypeName) : undefined;
    if (list !== undefined) {
      const identifiers = await list({ ...request, url: motoUrl });
      return { TypeName, ResourceDescriptions: identifiers.map((each) => ({ Identifier: each })) };
    }
    const read = request.operation === 'GetResource' ? MODELS.get(TypeName) : undefined;
    if (read === undefined) {
      throw new AwsError('UnsupportedActionException', `Resource type ${TypeName} does not support READ action`);
    }
    try {
      const model = await read({ ...request, url: motoUrl }, String(Identifier));
      return { TypeName, ResourceDescription: { Identifier, Properties: JSON.stringify(model) } };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new AwsError(
        NOT_THERE.test(error.code) ? 'ResourceNotFoundException' : 'GeneralServiceException',
        error.message,
      );
    }
  }

  async function answer(request: WireRequest, response: ServerResponse): Promise<void> {
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    try {
      const body = writeAnswer(request, await getResource(request));
      response.writeHead(200, headers).end(body);
    } catch (error) {
      const told = error instanceof AwsError ? error : new AwsError('InternalFailure', String(error), 500);
      response.writeHead(told.status, headers).end(writeError(request, told));
    }
  }

  function passOn(incoming: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { method, headers } = incoming;
    const outgoing = forward(`${motoUrl}${incoming.url}`, { ...(method ? { method } : {}), headers }, (back) => {
      response.writeHead(back.statusCode ?? 502, back.headers);
      back.pipe(response);
    });
    outgoing.once('error', () => response.destroy());
    outgoing.end(body);
  }

  const server = createServer(async (incoming, response) => {
    const body = await buffer(incoming);
    const isTargeted = incoming.headers['x-amz-target'] !== undefined;
    const request = readRequest(incoming, isTargeted ? body.toString() || '{}' : body.toString());
    const { service, operation, region, accessKey } = request;
    log.push({ service, operation, region, accessKey });
    if (service === 'cloudcontrolapi') await answer(request, response);
    else passOn(incoming, body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
