import { readXml, type XmlNode } from './xml.js';

/** Where, and with whose credentials, a service is asked. */
export interface Place {
  url: string;
  region: string;
  accessKey: string;
}

/** What a service refused, by its error code. */
export class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

/** Asks a service that speaks AWS JSON, for example `AmazonSQS.GetQueueUrl` of `sqs`. */
export async function askJson(
  place: Place,
  service: string,
  target: string,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  const answer = await send(place, service, '/', { method: 'POST', headers, body: JSON.stringify(input) });
  return answer === '' ? {} : (JSON.parse(answer) as Record<string, unknown>);
}

/** Asks a service that speaks AWS Query: the content of its `…Result`, or of the whole answer where there is none. */
export async function askQuery(
  place: Place,
  service: string,
  operation: string,
  input: Record<string, string>,
): Promise<XmlNode> {
  const body = new URLSearchParams({ Action: operation, ...input });
  const answer = readXml(await send(place, service, '/', { method: 'POST', body }));
  return answer.find(`${operation}Result`) ?? answer;
}

/** Asks S3, by the path of a bucket or object. */
export async function askS3(place: Place, method: string, path: string, body?: string): Promise<XmlNode> {
  return readXml(await send(place, 's3', path, { method, ...(body === undefined ? {} : { body }) }));
}

/** Nothing is signed: the scope of the credentials tells the service, the region and the account. */
async function send(place: Place, service: string, path: string, init: RequestInit): Promise<string> {
  const scope = `${place.accessKey}/20260101/${place.region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const headers = { ...(init.headers as Record<string, string>), authorization };
  const answer = await fetch(`${place.url}${path}`, { ...init, headers });
  const text = await answer.text();
  if (answer.ok) return text;
  const code = /<Code>([^<]*)<|"__type": ?"(?:[^"#]*#)?([^"]*)"/.exec(text);
  throw new ServiceError(code?.[1] ?? code?.[2] ?? `HTTP ${answer.status}`, text);
}
