import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/base/json.js';
import { formatNames } from '../../src/report/formats.js';
import { assets, project, queue, shop } from './project.js';

/** Where something secret may stand in what no template declares. */
const PLACES: [string, (secret: string) => JsonObject][] = [
  ['by its name', (secret) => ({ MasterUserPassword: secret })],
  ['in a map', (secret) => ({ Environment: { Variables: { DB_PASSWORD: secret, STAGE: 'prod' } } })],
  [
    'in a list of pairs',
    (secret) => ({
      Tags: [
        { Key: 'api-token', Value: secret },
        { Key: 'Team', Value: 'shop' },
      ],
    }),
  ],
  ['in a URL', (secret) => ({ RedrivePolicy: { Endpoint: `https://admin:${secret}@example.com/x` } })],
  ['in the key of a map, too', (secret) => ({ Extra: { [`password=${secret}`]: 'x', DB_PASSWORD: secret } })],
  ['in the text of a command', (secret) => ({ UserData: `#!/bin/sh\nmysql --password=${secret} -h db\n` })],
];

describe.each(PLACES)('a secret %s', (_, of) => {
  const OLD = 'hunter2-Zx91-old-secret';
  const NEW = 'hunter2-Zx91-new-secret';

  test('is in no output and not in the file, and found when it changes', async () => {
    const { run, scan, text, write } = project(shop(queue(of(OLD)), assets()));
    const outputs = [await run('baseline'), await run('baseline', '-o', '-')];
    expect(text()).not.toContain('hunter2');
    expect((await scan()).report.findings).toEqual([]);
    expect((await run('baseline', '--check')).exitCode).toBe(0);
    write(shop(queue(of(NEW)), assets()));
    const { report, exitCode } = await scan();
    expect(exitCode).toBe(1);
    expect(report.findings.length).toBeGreaterThan(0);
    for (const { undeclared, change } of report.findings)
      expect([undeclared, change === undefined]).toEqual([true, false]);
    const files = formatNames
      .filter((format) => format !== 'table')
      .map((format) => [format, `out.${format}`] as const);
    const options = files.flatMap(([format, file]) => ['-o', `${format}=${file}`]);
    outputs.push(await run('scan', '--verbose', '--explain', '-o', 'table', ...options));
    for (const [, file] of files) {
      expect(text(file)).not.toBe('');
      expect(text(file)).not.toContain('hunter2');
    }
    outputs.push(await run('baseline', '--check'), await run('baseline'));
    for (const { stdout, stderr } of outputs) expect(`${stdout}${stderr}`).not.toContain('hunter2');
    expect(text()).not.toContain('hunter2');
  });
});

test('digests of equal secrets are unlike in two files', async () => {
  const [one, other] = [1, 2].map(() => project(shop(queue({ MasterUserPassword: 'hunter2-Zx91' }), assets())));
  await one?.run('baseline');
  await other?.run('baseline');
  const [left, right] = [one, other].map((each) => Object.values(each?.resources() ?? {}).map(({ values }) => values));
  expect(JSON.stringify(left)).toContain('$sha256');
  expect(left).not.toEqual(right);
});
