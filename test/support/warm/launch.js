// Runs programs for `launcher.js`, one after the other, until it closes its pipe.
import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import { receive, send } from './frames.js';

const [requests, answers] = process.argv.slice(2);
const pipes = { requests: openSync(requests, 'r'), answers: openSync(answers, 'w') };
for (let request = receive(pipes.requests); request !== undefined; request = receive(pipes.requests)) {
  const { program, args, cwd, env } = request;
  const options = { cwd, env, encoding: 'utf8', maxBuffer: Number.POSITIVE_INFINITY };
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, options);
  send(pipes.answers, { status, signal, stdout, stderr, error: error?.message });
}
