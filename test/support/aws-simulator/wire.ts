import type { IncomingMessage } from 'node:http';
import type { AwsError } from './state.js';

/** A request taken apart: which service and region (from its signature), which operation, with what. */
export interface WireRequest {
  service: string;
  region: string;
  accessKey: string;
  operation: string;
  input: Record<string, unknown>;
  xml: boolean;
}

const SCOPE = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

/** Reads AWS Query (form body) and AWS JSON (target header) requests. */
export function readRequest(request: IncomingMessage, body: string): WireRequest {
  const target = request.headers['x-amz-target'];
  const xml = typeof target !== 'string';
  const input = xml ? Object.fromEntries(new URLSearchParams(body)) : (JSON.parse(body) as Record<string, unknown>);
  const operation = xml ? String(input['Action']) : (target.split('.').at(-1) ?? '');
  const [, accessKey = '', region = '', service = ''] = SCOPE.exec(request.headers.authorization ?? '') ?? [];
  return { service, region, accessKey, operation, input, xml };
}

/** The body of an answer in the request's protocol. */
export function writeAnswer({ xml, operation, service }: WireRequest, answer: Record<string, unknown>): string {
  if (!xml) return JSON.stringify(answer);
  if (service === 'ec2')
    return `<${operation}Response><requestId>r</requestId>${members(answer, 'item')}</${operation}Response>`;
  return `<${operation}Response><${operation}Result>${members(answer)}</${operation}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${operation}Response>`;
}

export function writeError({ xml, service }: WireRequest, error: AwsError): string {
  if (!xml) return JSON.stringify({ __type: `com.amazonaws.simulator#${error.code}`, Message: error.message });
  if (service === 'ec2')
    return `<Response><Errors><Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error></Errors><RequestID>r</RequestID></Response>`;
  const type = error.status >= 500 ? 'Receiver' : 'Sender';
  return `<ErrorResponse><Error><Type>${type}</Type><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
}

function members(value: unknown, tag = 'member'): string {
  if (Array.isArray(value)) return value.map((item) => `<${tag}>${members(item, tag)}</${tag}>`).join('');
  if (typeof value !== 'object' || value === null) return escapeXml(String(value));
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => `<${key}>${members(inner, tag)}</${key}>`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"\r\u{80}-\u{10FFFF}]/gu, (char) => `&#${char.codePointAt(0)};`);
}
