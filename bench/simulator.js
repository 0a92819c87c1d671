/** The AWS simulator in a process of its own: `node simulator.js <snapshot> <latency in ms>`, told the rest by messages. */
import { readFileSync } from 'node:fs';
import { startAwsSimulator } from './dist/test/support/aws-simulator/server.js';

const [snapshotFile, latency] = process.argv.slice(2);
const snapshot = JSON.parse(readFileSync(snapshotFile, 'utf8'));
const aws = await startAwsSimulator({ accounts: { [snapshot.account]: snapshot }, latencyMs: Number(latency) });
process.send({ url: aws.url, env: aws.env });
process.on('message', () => process.send({ calls: aws.calls, peak: aws.peak() }));
process.on('disconnect', () => process.exit());
