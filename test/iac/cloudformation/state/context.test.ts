import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import type { Provider } from '../../../../src/cloud/cloud.js';
import type { Checkout } from '../../../../src/git/repository.js';
import { stackContext } from '../../../../src/iac/cloudformation/state/context.js';
import type { ReadingTools } from '../../../../src/iac/state.js';
import { noteDefects } from '../../../../src/model/defects.js';
import { createSource } from '../../../../src/syntax/source.js';

const ROLE = 'arn:aws:iam::222222222222:role/reader';

/** The tools of a scan, with what was read and asked for, in order. */
function tools() {
  const asked: string[] = [];
  function answer<Value>(question: string, value: Value): Promise<Value> {
    asked.push(question);
    return Promise.resolve(value);
  }
  const checkout: Pick<Checkout, 'read'> = {
    read: async (path) => {
      asked.push(path);
      if (path === 'gone.yaml') throw new DriftError('git', [{ code: 'git-no-file', message: `there is no ${path}` }]);
      return createSource(path, `Resources: {Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: ${path}}}}\n`);
    },
  };
  const provider: Partial<Provider> = {
    connect: (role) => answer(`account ${role ?? '-'}`, { account: role === ROLE ? '222222222222' : '111111111111' }),
    readExports: (region, role) => answer(`exports ${region} ${role ?? '-'}`, { From: region }),
    listStacks: (region, role) => answer(`stacks ${region} ${role ?? '-'}`, []),
  };
  const given = { checkout, provider, onResource: () => {}, defects: noteDefects() } as unknown as ReadingTools;
  return { asked, ...stackContext(given) };
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `t${index}.yaml`);

describe('stacks of one scan', () => {
  test('ask once for the account of each role', async () => {
    const { asked, accountOf } = tools();
    const accounts = await Promise.all([undefined, ROLE, undefined, ROLE].map((role) => accountOf(role)));
    expect(accounts).toEqual(['111111111111', '222222222222', '111111111111', '222222222222']);
    expect(asked).toEqual(['account -', `account ${ROLE}`]);
  });

  test('ask once for exports and stacks of each region and role, and are given their own', async () => {
    const { asked, exportsOf, stacksIn } = tools();
    for (const _ of [1, 2]) {
      expect(await exportsOf('eu-west-1', undefined)).toEqual({ From: 'eu-west-1' });
      expect(await exportsOf('us-east-1', undefined)).toEqual({ From: 'us-east-1' });
      await exportsOf('eu-west-1', ROLE);
      await stacksIn('eu-west-1', undefined);
      await stacksIn('eu-west-1', ROLE);
    }
    expect(asked).toEqual([
      'exports eu-west-1 -',
      'exports us-east-1 -',
      `exports eu-west-1 ${ROLE}`,
      'stacks eu-west-1 -',
      `stacks eu-west-1 ${ROLE}`,
    ]);
  });

  test('share a template that is read once, also where they ask at the same time', async () => {
    const { asked, templateOf } = tools();
    const [one, other] = await Promise.all([templateOf('a.yaml'), templateOf('a.yaml')]);
    expect(other).toBe(one);
    expect(await templateOf('a.yaml')).toBe(one);
    expect(asked).toEqual(['a.yaml']);
  });

  test('each get the template that they ask for, however many are asked for at a time', async () => {
    const { templateOf } = tools();
    const templates = await Promise.all(names(40).map((name) => templateOf(name)));
    expect(templates.map(({ source }) => source.path)).toEqual(names(40));
  });

  test.each([
    [15, ['first.yaml']],
    [16, ['first.yaml', 'first.yaml']],
  ])('keep a template over %d others, no more than 16 at a time', async (count, reads) => {
    const { asked, templateOf } = tools();
    for (const name of ['first.yaml', ...names(count), 'first.yaml']) await templateOf(name);
    expect(asked.filter((path) => path === 'first.yaml')).toEqual(reads);
  });

  test('hear each why a template can not be read, and go on with others', async () => {
    const { templateOf } = tools();
    const outcomes = await Promise.allSettled(['gone.yaml', 'a.yaml', 'gone.yaml'].map((name) => templateOf(name)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    await expect(templateOf('gone.yaml')).rejects.toThrow('there is no gone.yaml');
  });
});
