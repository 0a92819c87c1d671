import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../src/base/json.js';
import { judgeThreeWay } from '../../src/compare/verdict.js';
import type { Comparison, Difference } from '../../src/model/comparison.js';
import { type Plain, type PlainObject, unresolved } from '../../src/value/value.js';

type Sides = Pick<Difference, 'desired' | 'live'>;

/** A comparison with these differences, by path (`path stablePath` where they are unlike), and what is not verified. */
function compared(differences: Record<string, Sides> = {}, open: string[] = []): Comparison {
  return {
    differences: Object.entries(differences).map(([at, sides]) => {
      const [path = '', stablePath = path] = at.split(' ');
      return { path, stablePath, ...sides };
    }),
    unverifiable: open.map((path) => ({ path, reason: 'not known', class: 'unverified' as const })),
    equal: [],
    compared: 0,
  };
}

/** Two scalars of templates that are the same as texts mean the same. */
function sameText(one: Json, other: Json): boolean {
  return typeof one !== 'object' && typeof other !== 'object' && String(one) === String(other);
}

interface Given {
  git?: PlainObject;
  deployed?: PlainObject;
  gitLive?: Comparison;
  deployedLive?: Comparison;
}

function judge({ git = {}, deployed = {}, gitLive = compared(), deployedLive = compared() }: Given) {
  return judgeThreeWay(git, deployed, gitLive, deployedLive, sameText);
}

describe('where Git differs from what is live', () => {
  const gitLive = compared({ '/A': { desired: 1, live: 3 } });

  test('and the deployed value does just so, it is drift, with nothing more to tell', () => {
    const deployedLive = compared({ '/A': { desired: 1, live: 3 } });
    expect(judge({ gitLive, deployedLive, git: { A: 1 }, deployed: { A: 1 } })).toEqual([
      { difference: gitLive.differences[0], verdict: 'drift' },
    ]);
  });

  test('and the deployed value does otherwise, all differ: the deployed one is told', () => {
    const deployedLive = compared({ '/A': { desired: 2, live: 3 } });
    expect(judge({ gitLive, deployedLive, git: { A: 1 }, deployed: { A: 2 } })).toEqual([
      { difference: gitLive.differences[0], verdict: 'conflict', deployed: 2 },
    ]);
  });

  test('and the deployed template says nothing there, all differ, and there is nothing to tell', () => {
    const deployedLive = compared({ '/A': { live: 3 } });
    const [judged] = judge({ gitLive, deployedLive, git: { A: 1 } });
    expect(judged).toEqual({ difference: gitLive.differences[0], verdict: 'conflict' });
    expect(Object.keys(judged ?? {})).not.toContain('deployed');
  });

  test('and nothing is declared on either side, it is drift', () => {
    const added = compared({ '/Tags/1 /Tags/Key=b': { live: 'x' } });
    const there = compared({ '/Tags/4 /Tags/Key=b': { live: 'x' } });
    expect(judge({ gitLive: added, deployedLive: there })).toEqual([
      { difference: added.differences[0], verdict: 'drift' },
    ]);
  });

  test('and the deployed value is live, it is not deployed yet: what is live is what was deployed', () => {
    expect(judge({ gitLive, git: { A: 1 }, deployed: { A: 3 } })).toEqual([
      { difference: gitLive.differences[0], verdict: 'undeployed', deployed: 3 },
    ]);
    const missing = compared({ '/A': { desired: 1 } });
    expect(judge({ gitLive: missing, git: { A: 1 }, deployed: { A: 3 } })).toEqual([
      { difference: missing.differences[0], verdict: 'undeployed', deployed: 3 },
    ]);
    const [judged] = judge({ gitLive: missing, git: { A: 1 } });
    expect(judged).toEqual({ difference: missing.differences[0], verdict: 'undeployed' });
    expect(Object.keys(judged ?? {})).not.toContain('deployed');
  });

  test.each<[string, PlainObject, string[]]>([
    ['is not known', { A: unresolved('NoEcho') }, []],
    ['could not be verified', { A: 5 }, ['/A']],
    ['could not be verified in part', { A: { B: 1 } }, ['/A/B']],
    ['is in what could not be verified', { A: 5 }, ['']],
  ])('and the deployed value %s, it is drift', (_, deployed, open) => {
    expect(judge({ gitLive, git: { A: 1 }, deployed, deployedLive: compared({}, open) })[0]).toEqual({
      difference: gitLive.differences[0],
      verdict: 'drift',
    });
  });

  test.each(['/AB', '/A1', '/B'])(
    'and what could not be verified is elsewhere (%s), it is not deployed yet',
    (open) => {
      const deployedLive = compared({}, [open]);
      expect(judge({ gitLive, git: { A: 1 }, deployed: { A: 3 }, deployedLive })[0]?.verdict).toBe('undeployed');
    },
  );

  test.each([
    ['above', '/A', '/A/B'],
    ['below', '/A/B', '/A'],
  ])('and the deployed value differs %s that place, all differ', (_, own, other) => {
    const deeper = compared({ [own]: { desired: 1, live: 3 } });
    const deployedLive = compared({ [other]: { desired: 2, live: 3 } });
    expect(judge({ gitLive: deeper, deployedLive })).toEqual([
      { difference: deeper.differences[0], verdict: 'conflict' },
    ]);
  });

  test('and the deployed value differs at another place, each is judged by itself', () => {
    const deployedLive = compared({ '/AB': { desired: 2, live: 3 } });
    const verdicts = judge({ gitLive, deployedLive, git: { A: 1, AB: 3 }, deployed: { A: 3, AB: 2 } }).map((each) => [
      each.difference.path,
      each.verdict,
    ]);
    expect(verdicts).toEqual([
      ['/A', 'undeployed'],
      ['/AB', 'adopted'],
    ]);
  });
});

describe('where the two templates mean the same', () => {
  const both = (one: Plain | undefined, other: Plain | undefined) => {
    const sides = (desired: Plain | undefined) => ({ live: 9, ...(desired === undefined ? {} : { desired }) });
    return judge({ gitLive: compared({ '/A': sides(one) }), deployedLive: compared({ '/A': sides(other) }) })[0]
      ?.verdict;
  };

  test.each<[Plain | undefined, Plain | undefined, boolean]>([
    [1, 1, true],
    [1, '1', true],
    [1, 2, false],
    [undefined, undefined, true],
    [1, undefined, false],
    [undefined, 1, false],
    [[], [], true],
    [[1, 2], ['1', '2'], true],
    [[1, 2], [1], false],
    [[1], [1, 2], false],
    [[1, 2], [1, 3], false],
    [[1, 2], [3, 2], false],
    [{ B: 1 }, { B: '1' }, true],
    [{ B: 1, C: 2 }, { B: 1, C: 3 }, false],
    [{ B: 1 }, { B: 1, C: 2 }, false],
    [{ B: 1, C: 2 }, { B: 1 }, false],
    [{ B: 1 }, { C: 1 }, false],
    [{ toString: 1 }, {}, false],
    [{ B: [{ C: 1 }] }, { B: [{ C: '1' }] }, true],
    [{ B: [{ C: 1 }] }, { B: [{ C: 2 }] }, false],
    [{}, [], false],
    [[1], 1, false],
    [{ B: 1 }, 1, false],
    [unresolved('one'), unresolved('one'), true],
    [unresolved('one'), unresolved('other'), false],
    [unresolved('one'), 1, false],
    [1, unresolved('one'), false],
    [{ B: unresolved('one') }, { B: unresolved('one') }, true],
    [null, null, true],
    [null, 1, false],
  ])('%j and %j: %s', (one, other, isSame) => {
    expect(both(one, other)).toBe(isSame ? 'drift' : 'conflict');
  });
});

describe('where only the deployed template differs from what is live', () => {
  const judged = (git: PlainObject, sides: Sides, gitLive = compared()) =>
    judge({
      git,
      gitLive,
      deployedLive: compared({ '/A': sides }),
      deployed: sides.desired === undefined ? {} : { A: sides.desired },
    });
  const difference = { path: '/A', stablePath: '/A' };

  test('Git says already what is live', () => {
    expect(judged({ A: 3 }, { desired: 2, live: 3 })).toEqual([
      { difference: { ...difference, desired: 3, live: 3 }, verdict: 'adopted', deployed: 2 },
    ]);
    // Under another spelling: what Git says is told as Git says it.
    expect(judged({ A: '3' }, { desired: 2, live: 3 })[0]?.difference).toEqual({
      ...difference,
      desired: '3',
      live: 3,
    });
  });

  test('Git has, as the cloud, what nobody has deployed', () => {
    const [one] = judged({ A: 3 }, { live: 3 });
    expect(one).toEqual({ difference: { ...difference, desired: 3, live: 3 }, verdict: 'adopted' });
    expect(Object.keys(one ?? {})).not.toContain('deployed');
    // At a place that Git's template does not have under that path.
    expect(judged({}, { live: 3 })).toEqual([
      { difference: { ...difference, desired: 3, live: 3 }, verdict: 'adopted' },
    ]);
  });

  test('Git has dropped, as the cloud, what was deployed', () => {
    const [one] = judged({}, { desired: 2 });
    expect(one).toEqual({ difference, verdict: 'adopted', deployed: 2 });
    expect(Object.keys(one?.difference ?? {})).toEqual(['path', 'stablePath']);
    // Git may say otherwise by another rule; what is gone from the cloud is declared by nobody.
    expect(judged({ A: 1 }, { desired: 2 })).toEqual([{ difference, verdict: 'adopted', deployed: 2 }]);
  });

  test('Git has dropped what was deployed, and someone has changed it', () => {
    expect(judged({}, { desired: 2, live: 3 })).toEqual([
      { difference: { ...difference, live: 3 }, verdict: 'conflict', deployed: 2 },
    ]);
  });

  test.each(['/A', '/A/B', ''])('nothing is told where Git could not be verified at %j', (open) => {
    expect(judged({ A: 3 }, { desired: 2, live: 3 }, compared({}, [open]))).toEqual([]);
  });

  test('but that is told beside another place that could not be', () => {
    expect(judged({ A: 3 }, { desired: 2, live: 3 }, compared({}, ['/AB']))).toHaveLength(1);
  });

  test('one value may stand for a list of one', () => {
    const deployedLive = compared({ '/A/0': { desired: 2, live: 3 } });
    expect(judge({ git: { A: 3 }, deployed: { A: 2 }, deployedLive })).toEqual([
      { difference: { path: '/A/0', stablePath: '/A/0', desired: 3, live: 3 }, verdict: 'adopted', deployed: 2 },
    ]);
  });

  test('an added element of a list that both have is told once', () => {
    const gitLive = compared({ '/Tags/1 /Tags/Key=b': { live: 'x' } });
    const deployedLive = compared({ '/Tags/0 /Tags/Key=b': { live: 'x' } });
    expect(judge({ gitLive, deployedLive })).toHaveLength(1);
  });
});

describe('keys that Git has dropped, and that are as deployed', () => {
  const dropped = (git: PlainObject, deployed: PlainObject, more: Given = {}) =>
    judge({ git, deployed, ...more }).map(({ difference, verdict, deployed: was }) => [
      difference.path,
      verdict,
      was,
      difference.live,
    ]);

  test.each<[string, PlainObject, PlainObject, unknown[]]>([
    ['at the root', {}, { A: 1 }, [['/A', 'undeployed', 1, 1]]],
    ['in a map', { A: {} }, { A: { B: 1 } }, [['/A/B', 'undeployed', 1, 1]]],
    ['as a whole', {}, { A: { B: 1 } }, [['/A', 'undeployed', { B: 1 }, { B: 1 }]]],
    ['in an element of a list', { A: [{ B: 1 }] }, { A: [{ B: 1, C: 2 }] }, [['/A/0/C', 'undeployed', 2, 2]]],
    ['in a second element', { A: [1, {}] }, { A: [1, { C: 2 }] }, [['/A/1/C', 'undeployed', 2, 2]]],
    ['with odd names', {}, { 'a/b': 1 }, [['/a~1b', 'undeployed', 1, 1]]],
    ['with names of JavaScript', {}, { toString: 1 }, [['/toString', 'undeployed', 1, 1]]],
    ['none', { A: 1 }, { A: 2 }, []],
    ['none in a list of another length', { A: [{}] }, { A: [{ B: 1 }, { B: 2 }] }, []],
    ['none in a list that was a map', { A: [] }, { A: { B: 1 } }, []],
    ['none in a map that was a list', { A: {} }, { A: [1] }, []],
    ['none where a value is not known', {}, { A: unresolved('later') }, []],
    ['none where it was not known', { A: unresolved('later') }, { A: { B: 1 } }, []],
    ['none that Git has added', { A: 1 }, {}, []],
  ])('%s', (_, git, deployed, expected) => {
    expect(dropped(git, deployed)).toEqual(expected);
  });

  test('are not told again where a difference tells of them', () => {
    const difference = { '/A': { desired: 1, live: 3 } };
    expect(dropped({}, { A: 1 }, { deployedLive: compared(difference) })).toHaveLength(1);
    expect(dropped({}, { A: { B: 1 } }, { gitLive: compared({ '/A/B': { live: 3 } }) })).toHaveLength(1);
    expect(dropped({}, { A: 1 }, { gitLive: compared({ '/AB': { desired: 1, live: 3 } }) })).toHaveLength(2);
  });

  test.each<[string, boolean]>([
    ['/A', false],
    ['/AB', true],
  ])('have a live value unless what is deployed could not be verified there: %s', (open, isKnown) => {
    const [judged] = judge({ deployed: { A: 1 }, deployedLive: compared({}, [open]) });
    expect(judged?.difference).toEqual({ path: '/A', stablePath: '/A', ...(isKnown ? { live: 1 } : {}) });
    expect(Object.keys(judged?.difference ?? {}).includes('live')).toBe(isKnown);
  });
});
