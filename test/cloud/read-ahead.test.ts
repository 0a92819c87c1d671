import { expect, test } from '@jest/globals';
import type { Provider } from '../../src/cloud/cloud.js';
import { readAhead } from '../../src/cloud/read-ahead.js';

const STACK = { name: 'a', region: 'eu-west-1' };
const OTHER = { name: 'b', region: 'eu-west-1' };

function counting() {
  const asked: string[] = [];
  const provider = {
    name: 'test',
    async readStack({ name }: { name: string }) {
      asked.push(`stack ${name}`);
      return { name };
    },
    async readTemplate({ name }: { name: string }) {
      asked.push(`template ${name}`);
      return name === 'b' ? undefined : name;
    },
  };
  return { asked, ...readAhead(provider as unknown as Provider) };
}

test('what was asked before is given once more, and then asked again', async () => {
  const { provider, keep, asked } = counting();
  await Promise.all([provider.readStack(STACK), provider.readTemplate(STACK), provider.readTemplate(OTHER)]);
  keep([STACK, OTHER]);
  expect(await provider.readStack(STACK)).toEqual({ name: 'a' });
  expect(await provider.readTemplate(STACK)).toBe('a');
  expect(await provider.readTemplate(OTHER)).toBeUndefined();
  expect(asked).toEqual(['stack a', 'template a', 'template b']);
  expect(await provider.readTemplate(STACK)).toBe('a');
  expect(await provider.readTemplate(STACK)).toBe('a');
  expect(asked.slice(3)).toEqual(['template a', 'template a']);
});

test('what is not kept is forgotten, and so is another role', async () => {
  const { provider, keep, asked } = counting();
  await provider.readTemplate(STACK);
  await provider.readTemplate(OTHER);
  keep([OTHER]);
  await provider.readTemplate(STACK);
  await provider.readTemplate({ ...OTHER, roleArn: 'arn:aws:iam::1:role/r' });
  expect(asked).toEqual(['template a', 'template b', 'template a', 'template b']);
});
