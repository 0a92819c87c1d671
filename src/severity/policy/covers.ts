import { matchesGlob } from '../../base/glob.js';
import { coversCondition } from './condition.js';
import type { Statement } from './statement.js';

/** Whether everything that one statement speaks of is spoken of by another one, as far as that can be told. */
export function covers(wide: Statement, narrow: Statement): boolean {
  return (
    wide.effect === narrow.effect &&
    coversPrincipals(wide, narrow) &&
    coversNames(actionsOf(wide), actionsOf(narrow)) &&
    coversNames([wide.resources, wide.notResources], [narrow.resources, narrow.notResources]) &&
    coversCondition(wide.condition, narrow.condition)
  );
}

/** More than a policy of the size that AWS takes comes to; bounds what a hostile one costs. */
const MOST_ATOMS = 10_000;

/** A statement taken apart into one for each action, principal and resource; of very many, the resources stay together. */
export function atomsOf(statement: Statement): Statement[] {
  const { actions, principals, resources } = statement;
  const byAction = actions ? actions.map((action) => ({ ...statement, actions: [action] })) : [statement];
  const byPrincipal = principals
    ? byAction.flatMap((atom) => principals.map((principal) => ({ ...atom, principals: [principal] })))
    : byAction;
  if (resources === undefined || byPrincipal.length * resources.length > MOST_ATOMS) return byPrincipal;
  return byPrincipal.flatMap((atom) => resources.map((resource) => ({ ...atom, resources: [resource] })));
}

function coversPrincipals(wide: Statement, narrow: Statement): boolean {
  if (wide.principals?.includes('*')) return true;
  return coversNames([wide.principals, wide.notPrincipals], [narrow.principals, narrow.notPrincipals]);
}

type Names = [listed: string[] | undefined, excluded: string[] | undefined];

/** Actions have no case. */
function actionsOf({ actions, notActions }: Statement): Names {
  const lower = (names: string[] | undefined) => names?.map((name) => name.toLowerCase());
  return [lower(actions), lower(notActions)];
}

function coversNames([wide, allBut]: Names, [narrow, narrowAllBut]: Names): boolean {
  if (narrow && wide) return narrow.every((name) => wide.some((glob) => matchesName(glob, name)));
  if (narrow && allBut) return !narrow.some((name) => allBut.some((glob) => mayOverlap(glob, name)));
  if (narrowAllBut && allBut) return allBut.every((name) => narrowAllBut.some((glob) => matchesName(glob, name)));
  if (narrowAllBut) return wide?.includes('*') ?? false;
  return wide === undefined && allBut === undefined;
}

function matchesName(glob: string, name: string): boolean {
  return glob === name || (!glob.startsWith('\0') && matchesGlob(glob, name));
}

function mayOverlap(one: string, other: string): boolean {
  return matchesName(one, other) || matchesName(other, one);
}
