import { describe, expect, test } from '@jest/globals';
import { isNamed, type Match, matchTemplate } from '../../../../src/iac/cloudformation/find/match.js';

/** Resources from a list of logical IDs; each type follows from the ID. */
function resources(ids: string): Map<string, string> {
  return new Map(ids.split(' ').map((id) => [id, `AWS::Test::${id.replace(/\d+$/, '')}`]));
}

/** The template that is found for a stack, among templates given as `path: logical IDs`. */
function match(stack: string, deployed: string, templates: Record<string, string>): Match {
  const candidates = Object.entries(templates).map(([path, ids]) => ({ path, resources: resources(ids) }));
  return matchTemplate({ name: stack, resources: resources(deployed) }, candidates);
}

describe('a name that is in the stack name, confirmed by resources', () => {
  test.each([
    ['shop', 'shop.yaml'],
    ['shop-prod', 'templates/shop.yaml'],
    ['ShopProd', 'cfn/shop_prod.template.json'],
    ['shop-prod', 'shop/template.yaml'],
    ['shop-prod', 'shop/infra/main.yml'],
    ['shop-prod', 'prod/shop.yaml'],
    ['shop-prod', 'ShopStack.template'],
    ['prod-shop-NetworkStack-1AB2CD', 'network.yaml'],
    ['infrastructure', 'infrastructure.yaml'],
    ['my-infra', 'templates/my-infra.json'],
  ])('%s is deployed from %s', (stack, path) => {
    expect(match(stack, 'A B', { [path]: 'A B', 'other.yaml': 'A B' })).toEqual({ template: path });
  });

  test('words are compared whole', () => {
    expect(match('workshop-prod', 'A B', { 'shop.yaml': 'A B' })).toBeUndefined();
    expect(match('shop', 'A B', { 'shop-prod.yaml': 'A B' })).toBeUndefined();
  });

  test('resources may be pending or conditional on either side', () => {
    expect(match('shop-prod', 'A B C', { 'shop.yaml': 'A B New1 New2 New3' })).toEqual({ template: 'shop.yaml' });
    expect(match('shop-prod', 'A B Old1 Old2 Old3', { 'shop.yaml': 'A B C' })).toEqual({ template: 'shop.yaml' });
  });

  test('with other resources it is told, not matched', () => {
    expect(match('shop-prod', 'A B C', { 'shop.yaml': 'X Y C' })).toEqual({
      reason: 'stack shop-prod is named like shop.yaml, but has other resources',
    });
  });

  test('the same ID with another type does not count', () => {
    const candidate = { path: 'shop.yaml', resources: new Map([['A', 'AWS::Other::Type']]) };
    expect(matchTemplate({ name: 'shop', resources: resources('A') }, [candidate])).toHaveProperty('reason');
  });

  test("SAM's types are deployed as others", () => {
    const candidate = { path: 'shop.yaml', resources: new Map([['A', 'AWS::Serverless::Function']]) };
    expect(matchTemplate({ name: 'shop', resources: resources('A ARole AUrl') }, [candidate])).toEqual({
      template: 'shop.yaml',
    });
    expect(matchTemplate({ name: 'shop', resources: resources('B') }, [candidate])).toHaveProperty('reason');
  });
});

describe('several templates', () => {
  test('one template may be of several stacks', () => {
    for (const stack of ['shop-dev', 'shop-prod']) {
      expect(match(stack, 'A B', { 'shop.yaml': 'A B' })).toEqual({ template: 'shop.yaml' });
    }
  });

  test('the one that says more of the name wins', () => {
    expect(match('shop-api-prod', 'A B', { 'shop.yaml': 'A B', 'shop-api.yaml': 'A B' })).toEqual({
      template: 'shop-api.yaml',
    });
    expect(match('shop-prod', 'A B', { 'dev/shop.yaml': 'A B', 'prod/shop.yaml': 'A B' })).toEqual({
      template: 'prod/shop.yaml',
    });
  });

  test('under equally good names the clearly more alike wins', () => {
    expect(match('shop-api', 'A B C D', { 'shop.yaml': 'A B', 'api.yaml': 'A B C D' })).toEqual({
      template: 'api.yaml',
    });
  });

  test('what is unsure is told', () => {
    const copies = { 'dev/shop.yaml': 'A B', 'prod/shop.yaml': 'A B' };
    const reason = 'stack shop-staging could belong to any of dev/shop.yaml, prod/shop.yaml';
    expect(match('shop-staging', 'A B', copies)).toEqual({ reason });
    // The better name has resources that fit clearly worse.
    expect(match('shop-prod', 'A B C D E F', { 'shop-prod.yaml': 'A B C X Y', 'shop.yaml': 'A B C D E F' })).toEqual({
      reason: 'stack shop-prod could belong to any of shop-prod.yaml, shop.yaml',
    });
  });
});

describe('a name that says nothing', () => {
  test('needs nearly all resources to agree, and more than a few', () => {
    expect(match('orders', 'A B C D E', { 'template.yaml': 'A B C D' })).toEqual({ template: 'template.yaml' });
    expect(match('orders', 'A B C D E', { 'template.yaml': 'A B C X' })).toBeUndefined();
    expect(match('orders', 'Bucket Topic', { 'template.yaml': 'Bucket Topic' })).toBeUndefined();
    expect(match('orders', 'A B C', { 'shop.yaml': 'A B C' })).toEqual({ template: 'shop.yaml' });
  });

  test.each([
    ['template.yaml', false],
    ['infra/templates/main.json', false],
    ['shop/template.yaml', true],
    ['shop.yaml', true],
  ])('%s: %j', (path, expected) => {
    expect(isNamed(path)).toBe(expected);
  });
});

describe('what can not be looked into is matched by name alone, so that the scan tells why', () => {
  test('a template that is not well-formed', () => {
    const broken = { path: 'shop.yaml', problems: [] };
    expect(matchTemplate({ name: 'shop', resources: resources('A') }, [broken])).toEqual({ template: 'shop.yaml' });
    const good = { path: 'x/shop.yaml', resources: resources('A') };
    expect(matchTemplate({ name: 'shop', resources: resources('A') }, [broken, good])).toEqual({
      template: 'x/shop.yaml',
    });
  });

  test('a stack that can not be read', () => {
    const [first, second] = ['shop.yaml', 'x/shop.yaml'].map((path) => ({ path, resources: resources('A') }));
    expect(matchTemplate({ name: 'shop' }, first ? [first] : [])).toEqual({ template: 'shop.yaml' });
    expect(matchTemplate({ name: 'shop' }, first && second ? [first, second] : [])).toHaveProperty('reason');
    expect(matchTemplate({ name: 'orders' }, first ? [first] : [])).toBeUndefined();
  });
});
