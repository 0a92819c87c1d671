// Run as a process of its own: applies the changes in APPLY to each of its folders, and there meets FAULT at a step of the
// file system. Prints what became of each, which is nothing where the fault ends the process.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { applyFiles } from '../../../dist/patch/write/apply-files.js';

const { runs, files } = JSON.parse(process.env['APPLY'] ?? '');
const { FAULT } = process.env;
let steps = 0;
let faultAt = 0;

function halfDone(name, args) {
  if (name === 'writeFileSync') fs.writeSync(args[0], args[1].subarray(0, args[1].length / 2));
}

function meetFault(name, args) {
  switch (FAULT) {
    case 'kill':
      halfDone(name, args);
      process.kill(process.pid, 'SIGKILL');
      for (;;);
    case 'fail':
      halfDone(name, args);
      throw Object.assign(new Error(`EIO: i/o error, ${name}`), { code: 'EIO' });
    case 'interrupt':
      process.kill(process.pid, 'SIGTERM');
  }
}

for (const name of ['openSync', 'writeFileSync', 'fsyncSync', 'renameSync', 'rmSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    steps += 1;
    if (steps === faultAt) meetFault(name, args);
    return real(...args);
  };
}
syncBuiltinESMExports();

process.once('SIGTERM', () => process.exit(143));
const outcomes = [];
for (const { root, step } of runs) {
  steps = 0;
  faultAt = step;
  const error = await applyFiles(root, files).then(
    () => null,
    ({ code, message }) => `${code}: ${message}`,
  );
  outcomes.push({ steps, error });
}
// The signal's handler comes at its turn, and ends the process.
while (FAULT === 'interrupt') await setImmediate();
process.stdout.write(JSON.stringify(outcomes));
