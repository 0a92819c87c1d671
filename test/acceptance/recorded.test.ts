import { afterAll, expect, test } from '@jest/globals';
import { describeShared, sharedLines } from '../support/shared.js';
import { compareCase, type RecordedCase } from './recorded-cases.js';

const FILE = 'recorded/cases.jsonl.gz';

describeShared(FILE, 'real recorded resources', () => {
  const cases = sharedLines<RecordedCase>(FILE);
  let quiet = 0;
  let found = 0;
  afterAll(() => {
    const drifted = cases.filter(({ drift }) => drift.length > 0).length;
    process.stderr.write(
      `recorded: ${quiet} of ${cases.length - drifted} untouched resources are quiet, ${found} of ${drifted} drifted ones are found\n`,
    );
  });

  test.each(cases.map((one) => [one.id, one] as const))('%s', async (_, one) => {
    const { differences } = await compareCase(one);
    const paths = differences.map(({ path }) => path);
    const alarms = paths.filter((path) => !one.drift.some((drift) => touches(path, drift)));
    const missed = one.drift.filter((drift) => !paths.some((path) => touches(path, drift)));
    const right = alarms.length === 0 && missed.length === 0;
    if (right && one.drift.length === 0) quiet += 1;
    else if (right) found += 1;
    expect({ alarms: alarms.map((path) => differences.find((each) => each.path === path)), missed }).toEqual({
      alarms: [],
      missed: [],
    });
  });
});

/** One at, above or below the other; recorded paths count list elements on the live side, findings on Git's. */
function touches(left: string, right: string): boolean {
  const path = left.replace(/\/\d+(?=\/|$)/g, '/*');
  const other = right.replace(/\/\d+(?=\/|$)/g, '/*');
  return path === other || path.startsWith(`${other}/`) || other.startsWith(`${path}/`);
}
