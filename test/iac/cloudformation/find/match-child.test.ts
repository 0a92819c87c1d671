import { describe, expect, test } from '@jest/globals';
import { matchChild } from '../../../../src/iac/cloudformation/find/match-child.js';
import { textKey } from '../../../../src/iac/cloudformation/template/deployed-text.js';

function types(ids: string): Map<string, string> {
  return new Map(ids.split(' ').map((id) => [id, 'AWS::S3::Bucket']));
}

/** The template that a child with these resources, text and URL is matched to, among `path: logical IDs | text`. */
function match(child: { ids: string; text?: string; url?: string }, templates: Record<string, string>) {
  const candidates = Object.entries(templates).map(([path, told]) => {
    const [ids = '', text = path] = told.split('|');
    return { path, resources: types(ids), text: textKey(text) };
  });
  return matchChild({ resources: types(child.ids), text: child.text, url: child.url }, candidates);
}

describe('the template of a nested stack that is deployed from elsewhere', () => {
  test('is the one of the same text before all', () => {
    const templates = { 'a.yaml': 'A|one', 'b.yaml': 'A|two' };
    expect(match({ ids: 'A', text: 'two\r\n', url: 'https://b/a.yaml' }, templates)).toBe('b.yaml');
  });

  test('is else the one with the same resources, of several the one that the URL names', () => {
    expect(match({ ids: 'A B', text: 'x' }, { 'a.yaml': 'A B', 'b.yaml': 'A B C' })).toBe('a.yaml');
    const twins = { 'dev/net.yaml': 'A B', 'prod/net.yaml': 'A B' };
    expect(match({ ids: 'A B', url: 'https://s3/bucket/prod/net.yaml?versionId=1' }, twins)).toBe('prod/net.yaml');
    expect(match({ ids: 'A B', url: 'https://s3/bucket/0a1b.template' }, twins)).toBeUndefined();
  });

  test('is else the one that the URL names, where at least half of all resources are the same', () => {
    const url = 'https://s3/bucket/net.yaml';
    expect(match({ ids: 'A B', url }, { 'infra/net.yaml': 'A B C D' })).toBe('infra/net.yaml');
    expect(match({ ids: 'A B', url }, { 'infra/net.yaml': 'A B C D E' })).toBeUndefined();
    expect(match({ ids: 'A B', url }, { 'infra/other.yaml': 'A B C' })).toBeUndefined();
  });

  test('is none without resources of its own', () => {
    expect(matchChild({ resources: new Map() }, [{ path: 'a.yaml', resources: new Map() }])).toBeUndefined();
    expect(matchChild({ resources: types('A') }, [{ path: 'a.yaml', problems: [] }])).toBeUndefined();
    expect(matchChild({ resources: types('A') }, [])).toBeUndefined();
  });
});
