import Sequencer from '@jest/test-sequencer';

/** What takes tens of seconds, longest first. Where nothing is known of earlier runs, Jest goes by the files' sizes. */
const SLOW = [
  'acceptance/patch',
  'acceptance/sam',
  'syntax/edit/fixtures',
  'ci/action',
  'acceptance/sensitivity',
  'cloud/aws-answers',
  'cli/aws',
  'ci/patches',
  'estate/permissions',
  'cli/examples',
  'syntax/edit/property',
  'git/branch',
  'severity/hostile',
  'ci/gitlab',
  'patch/write/apply-files',
  'cli/patch',
  'build/fuzz',
  'cloud/aws-deleted',
  'git/hostile',
];

/** Starts the slowest files first, so that no worker is left alone with one in the end. */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one.path) - rank(other.path));
  }
}

function rank(path) {
  const at = SLOW.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
  return at === -1 ? SLOW.length : at;
}
