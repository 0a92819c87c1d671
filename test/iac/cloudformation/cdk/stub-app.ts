import type { Files } from '../../../support/repository.js';

/**
 * An app that needs nothing to run, and acts as one of CDK does: it writes a cloud assembly whose templates follow from
 * the literals of `lib/*.ts`. What else it does, its arguments say.
 */
const APP = `
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
const [, , act] = process.argv;
const out = process.env.CDK_OUTDIR;
writeFileSync('ran.marker', 'ran');
writeFileSync('ran.out', out);
console.log('password=hunter2-printed');
if (act === 'hang') { const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); writeFileSync('ran.marker', String(pid)); setInterval(() => {}, 1000); console.log('hangs'); }
else if (act === 'crash') { console.error('Error: token=hunter2-printed'); process.exit(7); }
else if (act === 'outside') { mkdirSync('cdk.out', { recursive: true }); writeFileSync('cdk.out/manifest.json', '{}'); }
else synth();

function synth() {
  if (act === 'meddle') writeFileSync('lib/meddled.ts', '');
  const artifacts = {};
  for (const file of readdirSync('lib').filter((each) => each.endsWith('.ts') && each !== 'meddled.ts')) {
    const name = file.replace('.ts', '');
    const lines = readFileSync('lib/' + file, 'utf8').split('\\n');
    const Resources = {};
    const metadata = {};
    lines.forEach((text, index) => {
      const made = /new (\\w+)\\(this, '(\\w+)', \\{(.*)\\}\\)/.exec(text);
      if (!made) return;
      const [, type, id, given] = made;
      const Properties = {};
      for (const [, key, value] of given.matchAll(/(\\w+): ('[^']*'|\\d+|true|false|SHARED)/g)) {
        const shared = /const SHARED = (\\d+)/.exec(readFileSync('lib/orders.ts', 'utf8'));
        const own = value === 'SHARED' ? shared[1] : value;
        for (const one of key === 'both' ? ['DelaySeconds', 'VisibilityTimeout'] : [key[0].toUpperCase() + key.slice(1)])
          Properties[one] = own.startsWith("'") ? own.slice(1, -1) : JSON.parse(own);
      }
      if (act === 'clock') Properties.ReceiveMessageWaitTimeSeconds = existsSync('.git') ? 3 : 4;
      Resources[id] = { Type: 'AWS::SQS::' + type, Properties, Metadata: { 'aws:cdk:path': name + '/' + id + '/Resource' } };
      metadata['/' + name + '/' + id + '/Resource'] = [
        { type: 'aws:cdk:logicalId', data: id },
        { type: 'aws:cdk:creationStack', data: ['...new ' + type + ' in aws-cdk-lib...', 'new Stack (' + process.cwd() + '/lib/' + file + ':' + (index + 1) + ':' + (made.index + 1) + ')', '...node internals...'] },
      ];
    });
    writeFileSync(out + '/' + name + '.template.json', JSON.stringify({ Resources }, undefined, 1));
    artifacts[name] = { type: 'aws:cloudformation:stack', environment: 'aws://unknown-account/unknown-region', properties: { templateFile: name + '.template.json', stackTemplateAssetObjectUrl: 's3://' + JSON.stringify(Resources).length }, metadata };
    const { DelaySeconds: delay } = Resources.Jobs?.Properties ?? {};
    if (act === 'tagged') artifacts[name].properties.tags = { delay: String(delay) };
    if (act === 'placed' && delay !== 5) artifacts[name].environment = 'aws://unknown-account/eu-west-2';
    if (act === 'grown' && delay !== 5) artifacts.more = { ...artifacts[name], displayName: 'more' };
  }
  if (act === 'link') symlinkSync('/etc/passwd', out + '/linked.template.json');
  writeFileSync(out + '/surroundings.json', JSON.stringify({
    options: process.env.NODE_OPTIONS, telemetry: process.env.CDK_DISABLE_CLI_TELEMETRY, context: JSON.parse(process.env.CDK_CONTEXT_JSON), folder: process.cwd(), given: process.argv.slice(2),
  }));
  mkdirSync(out + '/asset.0123');
  writeFileSync(out + '/asset.0123/index.json', '{}');
  writeFileSync(out + '/tree.json', '{}');
  writeFileSync(out + '/manifest.json', JSON.stringify({ version: '48.0.0', artifacts }));
}
`;

/** The files of a stub app. */
export const STUB: Files = {
  'app.mjs': APP,
  '.gitignore': 'cdk.out\nran.*\n',
  'cdk.json': JSON.stringify({ app: 'node app.mjs', context: { stage: 'prod' } }),
  'cdk.context.json': JSON.stringify({ 'availability-zones': ['eu-west-1a'] }),
  'lib/orders.ts': `
const SHARED = 17;
export class Orders extends Stack {
  constructor() {
    new Queue(this, 'Jobs', { visibilityTimeout: 30, delaySeconds: 5, queueName: 'jobs' });
    new Queue(this, 'Mail', { both: 8, maximumMessageSize: 2048 });
    new Queue(this, 'One', { delaySeconds: SHARED });
    new Queue(this, 'Two', { delaySeconds: SHARED });
  }
}
`,
};

/** How the stub is run; `act` is what it does beside what is wanted. */
export function words(act?: string): string[] {
  return [process.execPath, 'app.mjs', ...(act === undefined ? [] : [act])];
}
