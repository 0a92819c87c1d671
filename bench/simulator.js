/** The AWS simulator in a process of its own: `node simulator.js <options as JSON>`, told the rest by messages. */
import { readFileSync } from 'node:fs';
import { startAwsSimulator } from './dist/test/support/aws-simulator/server.js';

const { snapshots, ...options } = JSON.parse(process.argv[2]);
const recorded = snapshots.map((file) => JSON.parse(readFileSync(file, 'utf8')));
const accounts = Object.fromEntries(recorded.map((snapshot) => [snapshot.account, snapshot]));
const aws = await startAwsSimulator({ accounts, ...options });
process.send({ url: aws.url, env: aws.env });
process.on('message', () => process.send({ calls: aws.calls, peak: aws.peak(), usage: aws.usage() }));
process.on('disconnect', () => process.exit());
