import { describe, expect, test } from '@jest/globals';
import { writable } from '../../src/patch/writable.js';

describe('what a template can say of a live value', () => {
  test('leaves out nulls, and what held nothing else', () => {
    const live = { Id: 'logs', Prefix: null, TagFilters: [null], Days: [90, null], Empty: [], None: {} };
    expect(writable(live, '/Rules/2', [])).toEqual({ Id: 'logs', Days: [90], Empty: [], None: {} });
  });

  test('leaves out what only AWS sets', () => {
    const live = { Name: 'a', Arn: 'arn:aws:x', Targets: [{ Id: 't', Status: { State: 'up' } }] };
    expect(writable(live, '/Rules/0', ['/Rules/*/Arn', '/Rules/*/Targets/*/Status'])).toEqual({
      Name: 'a',
      Targets: [{ Id: 't' }],
    });
    expect(writable(live, '/Other/0', ['/Rules/*/Arn'])).toHaveProperty('Arn');
  });

  test('keeps keys as data', () => {
    const live = JSON.parse('{"__proto__": {"a": 1}}');
    expect(Object.keys(writable(live, '/Map', []) as object)).toEqual(['__proto__']);
  });
});
