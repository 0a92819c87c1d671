import type { Iac } from '../../../src/iac/iac.js';
import type { Code, Reader, ReadingTools, State } from '../../../src/iac/state.js';
import type { Target } from '../../../src/model/target.js';
import type { Attempt, Editor } from '../../../src/patch/ports.js';
import { get } from '../../../src/syntax/node.js';
import { locateRange } from '../../../src/value/locate.js';
import { type PlainObject, toPlain } from '../../../src/value/value.js';
import { evaluate, parse, programOf, TOY } from './program.js';
import { toyTypes } from './types.js';

/** A kind of infrastructure as code that has little but what every kind must have. */
export const toy: Iac = {
  name: 'toy',
  types: toyTypes,
  comments: { spotsOf: () => [], metadataOf: () => [] },
  editor: { dialect: TOY, edits, removal: () => ({ refused: 'a thing is never removed' }), unusedAfter: () => [] },
  async find(checkout, _, { regions, defaultRegion }) {
    const region = regions[0] ?? defaultRegion ?? '';
    const templates = (await checkout.list()).filter((path) => path.endsWith('.toy'));
    const coverage = { found: templates.length, matched: templates.length, skipped: [] };
    const targets = templates.map((template) => ({
      name: template.slice(0, -4),
      region,
      template,
      parameters: new Map(),
    }));
    return { targets, warnings: [], errors: [], unscanned: [], templates: coverage };
  },
  made: async () => [],
  synthesise: async ({ checkout }) => ({ checkout, warnings: [] }),
  parse,
  evaluate,
  parameters: () => new Map(),
  survey: async () => ({ trees: new Map(), broken: [] }),
  nestedIn: () => [],
  suggest: async () => ({ stacks: [], apps: [], leftovers: [], templates: [], nested: [], places: [], warnings: [] }),
  reader,
  remedies: ({ logicalId, stack }) => [{ way: 'revert', command: `toy put ${stack} ${logicalId}` }],
};

function* edits(...[change, difference, { documentOf }]: Parameters<Editor['edits']>): Generator<Attempt> {
  if (change.kind !== 'set' || difference.live === undefined) return;
  const { source, range } = change.value.origin;
  if (source === undefined || range === undefined) return;
  const result = documentOf(source).set(range, difference.live);
  yield result.refused === undefined ? { source, edits: result.edits } : result;
}

function reader({ checkout, provider, onResource }: ReadingTools): Reader {
  const templateOf = async (path: string) => parse(await checkout.read(path));
  return {
    templateOf,
    async state(target): Promise<State> {
      const path = target.template ?? '';
      const [template, deployed] = await Promise.all([templateOf(path), provider.readStack(target)]);
      const evaluated = evaluate(template);
      const state = { template, path, deployed, evaluated, account: deployed.account, live: await liveOf() };
      return { ...state, ...answers(target, state) };

      async function liveOf(): Promise<State['live']> {
        const live: State['live'] = new Map();
        for (const { logicalId, type, physicalId } of deployed.resources) {
          const declared = evaluated.resources.get(logicalId);
          if (declared === undefined || physicalId === undefined) continue;
          const properties = toPlain(declared.properties) as PlainObject;
          live.set(logicalId, await provider.readResource({ ...target, logicalId, type, physicalId, properties }));
          onResource({ found: 1, read: 1 });
        }
        return live;
      }
    },
    children: async () => ({ children: [], notLooked: [] }),
    owners: () => ({ of: () => async () => ({ siblings: [] }), learned: () => [] }),
  };
}

/** Of a template that code makes, which is not known. */
const MADE: Code = {
  constructs: new Map(),
  notices: [],
  noLine: { code: 'cdk-no-line', message: 'nothing says which line made it' },
  noPatch: () => 'a program makes this file',
};

/** Nothing is deployed otherwise than it is declared, nothing is hidden, and nothing else has a hand in it. */
function answers({ name, region }: Target, { template, deployed }: Pick<State, 'template' | 'deployed'>) {
  const none = { hasNested: false };
  const isMade = get(template.root, 'made') !== undefined;
  return {
    trace: locateRange,
    code: isMade ? MADE : undefined,
    deployedTemplate: { kind: 'same' as const },
    deployedResources: new Map(deployed.resources.map((each) => [each.logicalId, each])),
    asked: new Set<string>(),
    zones: new Map(),
    program: () => programOf(template),
    madeElsewhere: () => undefined,
    mayBeMade: () => false,
    comparable: (_: string, declared: PlainObject) => declared,
    restored: (properties: PlainObject) => properties,
    root: () => ({ name, region, types: [...template.resourceTypes.values()], ...none }),
  };
}
