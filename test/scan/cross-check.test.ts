import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../src/base/errors.js';
import type { Provider } from '../../src/provider/provider.js';
import { checkCrossCheck } from '../../src/scan/cross-check.js';

describe('a cross-check', () => {
  test('needs a provider that AWS can be asked by', () => {
    expect(() => checkCrossCheck({ name: 'snapshot' } as Provider)).toThrow(DriftError);
    expect(() => checkCrossCheck({ name: 'snapshot' } as Provider)).toThrow(
      /^--cross-check is not possible with the provider "snapshot"\n {2}use --provider aws/,
    );
    const secondOpinion: Provider['secondOpinion'] = async () => ({ status: 'deleted' });
    expect(() => checkCrossCheck({ name: 'aws', secondOpinion } as unknown as Provider)).not.toThrow();
  });
});
