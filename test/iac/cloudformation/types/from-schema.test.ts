import { describe, expect, test } from '@jest/globals';
import { DriftError } from '../../../../src/base/errors.js';
import { resourceTypeFromSchema } from '../../../../src/iac/cloudformation/types/from-schema.js';

function distil(more: object) {
  return resourceTypeFromSchema({ typeName: 'Acme::Shop::Cart', properties: {}, ...more });
}

describe('distilling a registry schema', () => {
  test('tells identifier, kinds of properties, tags and how to read', () => {
    const type = distil({
      properties: { Id: { type: 'string' }, Name: { type: 'string', default: 'cart' }, Password: { type: 'string' } },
      primaryIdentifier: ['/properties/Name', '/properties/Id'],
      readOnlyProperties: ['/properties/Id'],
      writeOnlyProperties: ['/properties/Password'],
      createOnlyProperties: ['/properties/Name'],
      propertyTransform: { '/properties/Name': '$lowercase(Name)' },
      tagging: { taggable: true, tagProperty: '/properties/Tags' },
      handlers: { read: { permissions: ['shop:Read', 'kms:Decrypt', 'shop:Read'] } },
    });
    expect(type).toEqual({
      name: 'Acme::Shop::Cart',
      primaryIdentifier: ['/Name', '/Id'],
      readOnly: ['/Id'],
      writeOnly: ['/Password'],
      createOnly: ['/Name'],
      unordered: [],
      ordered: [],
      maps: [],
      documents: [],
      meanings: { 'identifier word': ['/Id', '/Name'] },
      transforms: { '/Name': '$lowercase(Name)' },
      defaults: { '/Name': 'cart' },
      tagProperty: '/Tags',
      readable: true,
      readPermissions: ['kms:Decrypt', 'shop:Read'],
    });
  });

  test('cannot be read without a read handler', () => {
    expect(distil({ handlers: { create: { permissions: [] } } })).toMatchObject({
      readable: false,
      readPermissions: [],
    });
  });

  test.each([
    ['/properties/A/*/B', '/A/*/B'],
    ['/properties/A/items/B', '/A/*/B'],
    ['/properties/A/properties/B', '/A/B'],
    ['/properties/A.B', '/A/B'],
    ['properties/A', '/A'],
    ['/properties/A~1B', '/A~1B'],
  ])('reads the path %s as %s', (written, pointer) => {
    expect(distil({ writeOnlyProperties: [written] }).writeOnly).toEqual([pointer]);
  });

  test('leaves out paths into definitions', () => {
    expect(distil({ readOnlyProperties: ['/definitions/Item/properties/Id'] }).readOnly).toEqual([]);
  });
});

describe('kinds of lists and objects', () => {
  const list = { type: 'array', insertionOrder: false, items: { type: 'string' } };

  test('are found through references, lists, maps and alternatives', () => {
    const type = distil({
      definitions: { Item: { type: 'object', properties: { Labels: list } }, Labels: list },
      properties: {
        Items: { type: 'array', insertionOrder: true, items: { $ref: '#/definitions/Item' } },
        ByName: { type: 'object', patternProperties: { '^.+$': { $ref: '#/definitions/Item' } } },
        ByKey: { type: 'object', additionalProperties: { $ref: '#/definitions/Labels' } },
        Either: { oneOf: [{ type: 'object', properties: { First: list } }, { properties: { Second: list } }] },
        Silent: { type: 'array', items: { type: 'string' } },
      },
    });
    const unordered = ['/ByKey/*', '/ByName/*/Labels', '/Either/First', '/Either/Second', '/Items/*/Labels'];
    expect(type).toMatchObject({ unordered, ordered: ['/Items'], maps: ['/ByKey', '/ByName'] });
  });

  test('are silent where the schema contradicts itself', () => {
    const both = { anyOf: [list, { type: 'array', insertionOrder: true }] };
    expect(distil({ properties: { Both: both } })).toMatchObject({ unordered: [], ordered: [] });
  });

  test('tell documents from objects with members and from objects that have none', () => {
    const type = distil({
      properties: {
        Policy: { type: ['object', 'string'] },
        Free: { type: 'object' },
        Shaped: { type: 'object', properties: { A: { type: 'string' } } },
        Empty: { type: 'object', additionalProperties: false },
        Text: { type: 'string' },
      },
    });
    expect(type.documents).toEqual(['/Free', '/Policy']);
  });

  test('hold at any depth of a definition that contains itself', () => {
    const statement = { $ref: '#/definitions/Statement' };
    const type = distil({
      definitions: {
        Statement: {
          type: 'object',
          properties: {
            Fields: list,
            And: {
              type: 'object',
              properties: { Statements: { type: 'array', insertionOrder: true, items: statement } },
            },
            Not: statement,
          },
        },
      },
      properties: { Rules: { type: 'array', items: { type: 'object', properties: { Statement: statement } } } },
    });
    expect(type.unordered).toEqual(['/Rules/*/Statement/**/Fields']);
    expect(type.ordered).toEqual(['/Rules/*/Statement/**/And/Statements']);
  });

  test('survive definitions that refer only to each other, or to nothing', () => {
    const type = distil({
      definitions: {
        A: { $ref: '#/definitions/B' },
        B: { $ref: '#/definitions/A' },
        L: { type: 'array', items: { $ref: '#/definitions/L' } },
      },
      properties: {
        A: { $ref: '#/definitions/A' },
        L: { $ref: '#/definitions/L' },
        Gone: { $ref: '#/definitions/No' },
      },
    });
    expect(type.unordered).toEqual([]);
  });
});

describe('what is no resource schema', () => {
  test.each([
    ['text', 'x', ['it is not a JSON object']],
    ['null', null, ['it is not a JSON object']],
    ['a list', [], ['it is not a JSON object']],
    ['an empty object', {}, ['typeName is not a type name', 'properties is not an object']],
    ['a bad name', { typeName: '../x', properties: {} }, ['typeName is not a type name']],
    [
      'wrong kinds',
      { typeName: 'A1::B1::C1', properties: {}, readOnlyProperties: 'x', writeOnlyProperties: [1], handlers: [] },
      ['readOnlyProperties is not a list', 'writeOnlyProperties is not a list', 'handlers is not an object'],
    ],
    [
      'an identifier that is no property',
      { typeName: 'A1::B1::C1', properties: {}, primaryIdentifier: ['/properties/A', '/definitions/B'] },
      ['primaryIdentifier names something that is no property'],
    ],
  ])('is refused with all that is wrong: %s', (_, schema, messages) => {
    const error = thrownBy(() => resourceTypeFromSchema(schema));
    expect(error).toBeInstanceOf(DriftError);
    expect((error as DriftError).problems.map(({ message }) => message)).toEqual(
      messages.map((message) => expect.stringContaining(message)),
    );
  });

  test('is refused when it unfolds without end', () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => {
        const next = { $ref: `#/definitions/D${index + 1}` };
        return [`D${index}`, { type: 'object', properties: { Left: next, Right: next } }];
      }),
    );
    const bomb = { definitions, properties: { Root: { $ref: '#/definitions/D0' } } };
    expect(() => distil(bomb)).toThrow(/Acme::Shop::Cart.*more than 100000 properties/);
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
