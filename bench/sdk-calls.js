/** `node sdk-calls.js <count> <concurrency>`: as many reads through the AWS SDK, and nothing else. Prints their seconds. */
import { CloudControlClient, GetResourceCommand } from '@aws-sdk/client-cloudcontrol';

let left = Number(process.argv[2]);
const client = new CloudControlClient({ region: 'eu-west-1' });
/** The first resource of each project. */
const bucket = new GetResourceCommand({ TypeName: 'AWS::S3::Bucket', Identifier: 'bench-prod-0-0' });

async function work() {
  while (left > 0) {
    left -= 1;
    await client.send(bucket);
  }
}

const started = performance.now();
await Promise.all(Array.from({ length: Number(process.argv[3]) }, work));
console.log((performance.now() - started) / 1000);
