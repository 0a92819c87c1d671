import { expect, test } from '@jest/globals';
import { shellWords } from '../../src/base/shell.js';
import { assets, FILE, PLACE, project, queue, shop } from './project.js';

const OPEN = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: false,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
};
const PATH = '/PublicAccessBlockConfiguration/BlockPublicAcls';

test('what is open is printed with the rule that accepts it, and not written', async () => {
  const { run, scan, resources } = project(shop(queue(), assets({ ...OPEN, AbacStatus: 'Enabled' })));
  const { exitCode, stderr } = await run('baseline');
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^not accepted: 1 undeclared value open or off/m);
  expect(stderr).toMatch(
    new RegExp(`^ {2}critical: Assets ${PATH} in shop \\[eu-west-1 111111111111\\]: undeclared: false$`, 'm'),
  );
  const held = Object.keys(resources()[`${PLACE}/shop/Assets`]?.values ?? {});
  expect([held.includes('/AbacStatus'), held.includes(PATH)]).toEqual([true, false]);

  const scanned = await scan();
  expect(scanned.report.findings).toMatchObject([{ path: PATH, undeclared: true, live: false, severity: 'critical' }]);
  expect(scanned.exitCode).toBe(1);

  const words = shellWords(/^ {4}gitops-drift (ignore .*)$/m.exec(stderr)?.[1] ?? '') ?? [];
  expect(await run(...words)).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('no longer counts') });
  expect((await scan()).exitCode).toBe(0);
  expect((await run('baseline')).stderr).not.toContain('not accepted');
  expect((await run('baseline', '--check')).exitCode).toBe(0);
});

test('what is open and written by hand is found as if it were not there, and the file is out of date', async () => {
  const { run, scan, text, write } = project(shop(queue(), assets({ ...OPEN, AbacStatus: 'Enabled' })));
  await run('baseline');
  const file = JSON.parse(text());
  file.resources[`${PLACE}/shop/Assets`].values[PATH] = false;
  write({ [FILE]: JSON.stringify(file) });
  const { report } = await scan();
  expect(report.findings).toMatchObject([{ path: PATH, change: 'appeared', live: false }]);
  expect(report.findings.some((finding) => 'accepted' in finding)).toBe(false);
  expect((await run('baseline', '--check')).exitCode).toBe(1);
});

test('an opening that a scan has found before is known by --new-since, also once there is a baseline', async () => {
  const { run, scan } = project(shop(queue(), assets(OPEN)));
  await run('scan', '-o', 'json=earlier.json');
  await run('baseline');
  expect((await scan('--new-since', 'earlier.json')).report.findings).toMatchObject([
    { path: PATH, baseline: 'known' },
  ]);
});
