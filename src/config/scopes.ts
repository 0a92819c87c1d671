import type { RootTarget } from '../model/target.js';
import type { SeveritySetting } from '../severity/rule.js';
import type { IgnoreRule, StackPlace } from '../suppress/suppressions.js';
import type { ConfigTree } from './include.js';
import type { Config } from './load.js';

/** Which configuration a stack goes by: its folder's, or the root's. */
export interface Scopes {
  /** All configurations, the root's first. */
  readonly all: readonly Config[];
  of(target: Pick<RootTarget, 'configuration'>): Config | undefined;
  /** Of a stack in a report, nested ones included; the root's where several may be meant. */
  ofPlace(place: StackPlace): Config | undefined;
}

/** Tells which of the configurations in a tree the targets, and what is found in them, go by. */
export function scopesOf(config: ConfigTree | undefined, targets: readonly RootTarget[]): Scopes {
  const all = config === undefined ? [] : [config, ...config.folders];
  const of = ({ configuration }: Pick<RootTarget, 'configuration'>) =>
    all.find(({ source }) => source.path === configuration) ?? config;
  return {
    all,
    of,
    ofPlace({ stack, region, account }) {
      if (all.length < 2) return config;
      const [name] = stack.split('/');
      const named = targets.filter((target) => target.name === name);
      const near = named.filter((target) => target.region === region);
      const same = near.filter((target) => account === null || (target.account ?? account) === account);
      const fitting = [same, near, named].find((each) => each.length > 0) ?? [];
      const [first, ...others] = new Set(fitting.map(of));
      return others.length > 0 ? config : (first ?? config);
    },
  };
}

/** The rules of all configurations, those of a folder for its own stacks alone. */
export function scopedRules(scopes: Scopes, kind: 'ignore' | 'accept'): IgnoreRule[] {
  const [root, ...folders] = scopes.all;
  return [
    ...(root?.[kind] ?? []),
    ...folders.flatMap((folder) =>
      folder[kind].map((rule) => ({ ...rule, isFor: (place: StackPlace) => scopes.ofPlace(place) === folder })),
    ),
  ];
}

/** What a configuration says of severities, its folder's before the root's. */
export function severityOf(config: Config | undefined, root: Config | undefined): SeveritySetting[] {
  if (config === undefined || config === root) return root?.severity ?? [];
  const all = [...config.severity, ...(root?.severity ?? [])];
  // Of rules, the first that holds counts; of changes to a shipped one, the last.
  return [...all.filter((each) => 'id' in each), ...all.filter((each) => 'rule' in each).reverse()];
}
