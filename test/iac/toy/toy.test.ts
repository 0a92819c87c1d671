import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../../../src/base/json.js';
import { formatNames, renderReport } from '../../../src/report/formats.js';
import { renderJson } from '../../../src/report/json.js';
import type { ScanRequest } from '../../../src/scan/request.js';
import { scanFiles } from '../../support/memory.js';
import { toy } from './toy.js';

const TEMPLATE = `names:
  size: 10
things:
  tall:
    kind: toy.box
    size: $size
    open: false
  wide:
    kind: toy.box
    size: $size
    colour: red # for now
`;
const TALL = { size: 10, open: false };
const WIDE = { size: 10, colour: 'red' };

/** Scans a stack of the toy, with what is live of its two things. */
function scanToy(
  live: { tall?: JsonObject; wide?: JsonObject | null; template?: string },
  request: Partial<ScanRequest> = {},
) {
  const { tall = TALL, wide = WIDE, template = TEMPLATE } = live;
  const resources = Object.entries({ tall, wide }).map(([logicalId, properties]) => ({
    ...{ logicalId, type: 'toy.box', physicalId: `box-${logicalId}`, properties },
  }));
  const snapshot = {
    ...{ snapshotVersion: 1, capturedAt: '2026-01-01T00:00:00Z', account: '111111111111' },
    regions: { 'eu-west-1': { stacks: [{ name: 'shelf', resources }] } },
  };
  const files = {
    'shelf.toy': template,
    'live.json': JSON.stringify(snapshot),
    'gitops-drift.yaml': 'version: 1\nprovider: snapshot\nsnapshot: live.json\n',
  };
  return scanFiles(files, request, toy);
}

describe('a second kind of infrastructure as code, behind the port alone', () => {
  test('is in sync where all is live as Git says', async () => {
    const { report } = await scanToy({});
    expect(report.stacks).toEqual([
      expect.objectContaining({ name: 'shelf', iac: 'toy', template: 'shelf.toy', status: 'scanned' }),
    ]);
    expect(report.resources.map(({ status }) => status)).toEqual(['inSync', 'inSync']);
    expect(report.findings).toEqual([]);
    expect(report.summary).toMatchObject({ exitCode: 0, properties: { compared: 4 } });
  });

  test('has its drift found, with the severity of its own rules, and the line that says otherwise', async () => {
    const { report } = await scanToy({ tall: { size: 10, open: true }, wide: { size: 10, colour: 'blue' } });
    expect(report.findings).toEqual([
      expect.objectContaining({ logicalId: 'tall', path: '/open', rule: 'open', severity: 'high' }),
      expect.objectContaining({ logicalId: 'wide', path: '/colour', rule: 'changed', severity: 'low' }),
    ]);
    expect(report.findings.map(({ location }) => [location?.file, location?.line])).toEqual([
      ['shelf.toy', 7],
      ['shelf.toy', 11],
    ]);
    expect(report.findings[0]?.location?.excerpt?.lines).toContain('    open: false');
    expect(report.findings[0]?.remedies).toEqual([{ way: 'revert', command: 'toy put shelf tall' }]);
    expect(report.summary.exitCode).toBe(1);
  });

  test('has a value that is written out patched, and all else left as it is', async () => {
    const { report, patched } = await scanToy({ wide: { size: 10, colour: 'blue' } }, { patch: {} });
    expect(report.findings[0]?.patch).toMatchObject({ status: 'patchable' });
    expect(patched.map(({ path, after }) => [path, after])).toEqual([
      ['shelf.toy', TEMPLATE.replace('colour: red', 'colour: blue')],
    ]);
  });

  test('has an edit refused that would change another thing as well', async () => {
    const { report, patched } = await scanToy({ wide: { size: 12, colour: 'red' } }, { patch: {} });
    expect(report.findings[0]).toMatchObject({ path: '/size', location: { line: 2 } });
    expect(report.findings[0]?.patch).toMatchObject({
      status: 'refused',
      reason: 'the edit would also change tall: write a value of its own there first',
    });
    expect(patched).toEqual([]);
  });

  test('has an edit made where all that it changes has drifted to the same value', async () => {
    const drifted = { tall: { size: 12, open: false }, wide: { size: 12, colour: 'red' } };
    const { report, patched } = await scanToy(drifted, { patch: {} });
    expect(report.findings.map(({ patch }) => patch.status)).toEqual(['patchable', 'patchable']);
    expect(patched.map(({ after }) => after)).toEqual([TEMPLATE.replace('size: 10', 'size: 12')]);
  });

  test('is offered no edit of what can not be written, and told why', async () => {
    const given = { wide: { size: 10, colour: 'blue' }, template: `${TEMPLATE}made: by a program\n` };
    const { report, patched } = await scanToy(given, { patch: {} });
    expect(report.findings[0]).toMatchObject({
      patch: { status: 'none', reason: 'a program makes this file' },
    });
    expect(patched).toEqual([]);
  });

  test('tells of a thing that is gone', async () => {
    const { report } = await scanToy({ wide: null }, { patch: { includeDeletions: true } });
    expect(report.findings).toEqual([expect.objectContaining({ logicalId: 'wide', kind: 'deleted', path: '' })]);
    expect(report.findings[0]?.patch).toMatchObject({ status: 'refused', reason: 'a thing is never removed' });
  });

  test('has its mistakes told as those of its stack, with none of its resources missing', async () => {
    const { report } = await scanToy({ template: TEMPLATE.replace('$size', '$none') });
    expect(report.stacks).toEqual([
      expect.objectContaining({ iac: 'toy', status: 'error', error: 'shelf.toy:6:11: there is no name none' }),
    ]);
    expect(report.resources.map(({ logicalId, status }) => [logicalId, status])).toEqual([
      ['tall', 'unreadable'],
      ['wide', 'unreadable'],
    ]);
    expect(report.summary.exitCode).toBe(2);
  });

  test.each<[ScanRequest['failOn'], JsonObject, number]>([
    ['low', { size: 11, open: false }, 1],
    ['high', { size: 11, open: false }, 0],
    ['high', { size: 10, open: true }, 1],
    ['never', { size: 10, open: true }, 0],
  ])('is gated with failOn %s', async (failOn, tall, exitCode) => {
    expect((await scanToy({ tall }, { failOn })).report.summary.exitCode).toBe(exitCode);
  });

  test.each(formatNames)('is reported in every format: %s', async (format) => {
    const { report } = await scanToy({ wide: { size: 10, colour: 'blue' } }, { patch: {} });
    const text = await renderReport(report, format, { color: false, width: 200, verbose: true });
    for (const told of ['shelf', 'wide', 'colour', 'blue']) expect(text).toContain(told);
  });

  test('has a report that keeps to its schema', async () => {
    const schema = JSON.parse(readFileSync(new URL('../../../schemas/report.schema.json', import.meta.url), 'utf8'));
    const ajv = new Ajv2020({ allErrors: true });
    addFormats.default(ajv);
    const { report } = await scanToy({ tall: { size: 10, open: true } }, { patch: {} });
    const validate = ajv.compile(schema);
    validate(JSON.parse(renderJson(report)));
    expect(validate.errors).toBeNull();
    expect(JSON.parse(renderJson(report)).stacks[0].iac).toBe('toy');
  });
});
