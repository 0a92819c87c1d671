// Run as a process of its own: applies the changes in APPLY, and at the step FAULT_AT of the file system meets FAULT.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { applyFiles } from '../../../dist/patch/write/apply-files.js';

const { root, files } = JSON.parse(process.env['APPLY'] ?? '');
const { FAULT, FAULT_AT } = process.env;
let steps = 0;

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
    if (steps === Number(FAULT_AT)) meetFault(name, args);
    return real(...args);
  };
}
syncBuiltinESMExports();

process.once('SIGTERM', () => process.exit(143));
try {
  await applyFiles(root, files);
  // The signal's handler comes at its turn, and ends the process.
  while (FAULT === 'interrupt') await setImmediate();
  process.stdout.write(String(steps));
} catch (error) {
  process.stderr.write(`${error.code}: ${error.message}`);
  process.exitCode = 2;
}
