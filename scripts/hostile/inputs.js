import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const REGION = 'eu-west-1';
const TOPIC = 'AWS::SNS::Topic';
const GOOD = JSON.stringify({ Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } } } });

/** Every hostile input: a name, and the files of a repository whose stack `good` has drifted. */
export function hostileInputs(folder) {
  return [...shared(folder), ...templates(), ...live(), ...configurations(), ...recordings()];
}

function shared(folder) {
  if (!existsSync(folder)) return [];
  const bombs = readdirSync(join(folder, 'bombs')).map((file) =>
    withTemplate(`bombs/${file}`, readFileSync(join(folder, 'bombs', file), 'utf8')),
  );
  const number = JSON.parse(readFileSync(join(folder, 'number/live2.json'), 'utf8')).regions[REGION].stacks[0];
  return [...bombs, withStack('number', number.template, number)];
}

/** Templates in Git that are also deployed. */
function templates() {
  const many = (count, of) => Array.from({ length: count }, (_, index) => of(index));
  const topic = (text) => `Resources:\n  T:\n    Type: ${TOPIC}\n    Properties:\n      DisplayName: ${text}\n`;
  const chain = (first, length) =>
    [`a0: &a0 ${first}`, ...many(length, (n) => `a${n + 1}: &a${n + 1} {<<: [*a${n}, *a0]}`)].join('\n');
  const own = many(1000, (n) => `a${n + 1}: &a${n + 1} {<<: [*a${n}, *a0], k${n}: 1}`).join('\n');
  const nest = (depth, open, inside, close) => open.repeat(depth) + inside + close.repeat(depth);
  const json = (value) => `{"Resources": {"T": {"Type": "${TOPIC}", "Properties": {"DisplayName": ${value}}}}}`;
  const extended = (value) => json(value).replace('{', '{"Transform": "AWS::LanguageExtensions", ');
  const outer = (name, depth) => nest(depth, `{"${name}": `, '"a"', '}');
  const parts = 'a,'.repeat(900_000);
  const parameters = (count, more) =>
    many(count, (n) => `  P${n}: { Type: String, Default: aaaaaaaa${n}${more} }`).join('\n');
  return [
    ['merge keys, one key', `Metadata:\n${indent(chain('{x: 1}', 1000))}\n${topic('a')}`],
    ['merge keys, a key each', `Metadata:\n  a0: &a0 {x: 1}\n${indent(own)}\n${topic('a')}`],
    [
      'merge keys, doubling',
      `Metadata:\n  a0: &a0 {x: 1}\n${indent(many(60, (n) => `a${n + 1}: &a${n + 1} {<<: [*a${n}, *a${n}], k${n}: *a${n}}`).join('\n'))}\n${topic('a')}`,
    ],
    ['directive and 200 KB of blanks', `${topic('a')}# gitops-drift:ignore${' '.repeat(200_000)}\n`],
    ['directive and 200 KB of blanks, then text', `${topic('a')}# gitops-drift:ignore${' '.repeat(200_000)}x\n`],
    ['gitops-drift and 200 KB of blanks', `${topic('a')}# gitops-drift${' '.repeat(200_000)}x\n`],
    ['eyJ- × 40,000', topic('eyJ-'.repeat(40_000))],
    ['Fn::Split of 900,000', json(`{"Fn::Join": ["", {"Fn::Split": [",", "${parts}"]}]}`)],
    ['Fn::Split of 900,000, a list', json(`{"Fn::Split": [",", "${parts}"]}`)],
    ['Fn::Split of 900,000, selected', json(`{"Fn::Select": ["899999", {"Fn::Split": [",", "${parts}"]}]}`)],
    [
      'Fn::Split by 20 of 90,000',
      json(
        `{"Fn::Join": ["", [${many(20, () => `{"Fn::Select": ["0", {"Fn::Split": [",", "${'a,'.repeat(45_000)}"]}]}`).join()}]]}`,
      ),
    ],
    [
      'Fn::Sub of 900,000 placeholders',
      json(`{"Fn::Sub": "${'${!a}'.repeat(150_000)}${'${AWS::Region}'.repeat(80_000)}"}`),
    ],
    ['Fn::Sub of 600,000 braces', json(`{"Fn::Sub": "${'${'.repeat(600_000)}"}`)],
    ['15,000 NoEcho parameters', `Parameters:\n${parameters(15_000, ', NoEcho: true')}\n${topic('!Ref P1')}`],
    ['15,000 parameters', `Parameters:\n${parameters(15_000, '')}\n${topic('!Ref P1')}`],
    ['1.9 M commas of JSON', `[${','.repeat(1_900_000)}]`],
    ['1.9 M commas of JSON in a template', json(`[${','.repeat(1_900_000)}]`)],
    ['1.9 M brackets of JSON', '[]'.repeat(950_000)],
    [
      '60,000 blank lines in a block',
      `Parameters:\n  P: { Type: String, NoEcho: true, Default: abcdefgh }\n${topic(`|\n        password: !Ref P\n${'\n'.repeat(60_000)}`)}`,
    ],
    [
      '60,000 blank lines in a NoEcho default',
      `Parameters:\n  P:\n    Type: String\n    NoEcho: true\n    Default: |\n      abcdefgh\n${'\n'.repeat(60_000)}      x\n${topic('!Ref P')}`,
    ],
    ['60,000 blank lines within a plain text', topic(`a\n${'\n'.repeat(60_000)}        b`)],
    ['- × 100,000', `${'- '.repeat(100_000)}a`],
    ['- × 100,000 in a template', topic(`\n        ${'- '.repeat(100_000)}a`)],
    ['? × 100,000', `${'? '.repeat(100_000)}a`],
    ['[ × 100,000', '['.repeat(100_000)],
    ['{a: × 100,000', topic('{a: '.repeat(100_000))],
    ['indentation 1,400 deep', many(1400, (n) => `${' '.repeat(n)}a:`).join('\n')],
    ['deep JSON', json(nest(900_000, '[', '', ']'))],
    ['300,000 comments', `${topic('a')}${'# gitops-drift:ignore: x\n'.repeat(70_000)}`],
    ['300,000 anchors', `Metadata:\n${many(60_000, (n) => `  a${n}: &b${n} 1`).join('\n')}\n${topic('a')}`],
    [
      'Fn::ForEach × 3',
      extended('"a"').replace(
        '"T": {',
        `"Fn::ForEach::A": ["A", ${JSON.stringify(many(2000, (n) => `x${n}`))}, {"Fn::ForEach::B": ["B", ${JSON.stringify(many(2000, (n) => `y${n}`))}, {"T\${A}\${B}": {"Type": "${TOPIC}"}}]}], "T": {`,
      ),
    ],
    ['Fn::Base64 × 150', json(outer('Fn::Base64', 150))],
    ['Fn::ToJsonString × 150', extended(nest(150, '{"Fn::ToJsonString": [', '"\\""', ']}'))],
    [
      'Fn::Join that doubles × 60',
      doubling(
        (n) =>
          `{"Fn::Join": ["", ["\${x}", {"Fn::GetAtt": ["T${n}", "DisplayName"]}, {"Fn::GetAtt": ["T${n}", "DisplayName"]}]]}`,
      ),
    ],
    ['Fn::Sub that doubles × 60', doubling((n) => `{"Fn::Sub": "\${T${n}.DisplayName}\${T${n}.DisplayName}"}`)],
    [
      '20,000 resources',
      JSON.stringify({ Resources: Object.fromEntries(many(20_000, (n) => [`T${n}`, { Type: TOPIC }])) }),
    ],
    [
      '5,000 conditions that ask each other',
      JSON.stringify({
        Conditions: Object.fromEntries(
          many(5000, (n) => [
            `C${n}`,
            n === 0 ? { 'Fn::Equals': ['a', 'a'] } : { 'Fn::Not': [{ Condition: `C${n - 1}` }] },
          ]),
        ),
        Resources: { T: { Type: TOPIC, Condition: 'C4999' } },
      }),
    ],
    ['a list of 100,000', json(JSON.stringify(many(100_000, String)))],
    ['a text of 1.9 M quotes', json(`"${'\\"'.repeat(950_000)}"`)],
    ['a JSON text of 1.9 MB, deep', json(JSON.stringify(nest(900_000, '[', '', ']')))],
  ].map(([name, text]) => withTemplate(name, text));
}

/** A chain of resources each of which repeats the one before twice. */
function doubling(value) {
  const resources = ['"T0": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": "aaaaaaaa"}}'];
  for (let n = 0; n < 60; n += 1) {
    resources.push(`"T${n + 1}": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": ${value(n)}}}`);
  }
  return `{"Resources": {${resources.join()}}}`;
}

/** Live models that no service returns. */
function live() {
  const keys = ['toString', 'valueOf', 'toJSON', '__proto__', 'constructor', 'hasOwnProperty', 'length', 'then'];
  const odd = `{${keys.map((key) => `"${key}": 1`).join()}}`;
  const deep = (depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const many = (count) =>
    JSON.stringify(Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: 'v' })));
  return [
    ['live: keys of objects', odd],
    ['live: a list of such', `[${odd}, [${odd}]]`],
    ['live: 190 levels', deep(190)],
    ['live: 100,000 levels', deep(100_000)],
    ['live: 100,000 pairs', many(100_000)],
    ['live: eyJ- × 40,000', JSON.stringify('eyJ-'.repeat(40_000))],
    ['live: 2 M blanks', JSON.stringify(`a${' '.repeat(2_000_000)}b`)],
    ['live: a JSON text, deep', JSON.stringify(deep(200_000))],
    ['live: escapes and commands', JSON.stringify('\u001b]0;x\u0007\n::error::x\u202e')],
  ].map(([name, value]) => {
    const template = JSON.stringify({
      Resources: { T: { Type: TOPIC, Properties: { DisplayName: 'a', Tags: [{ Key: 'k1', Value: 'w' }] } } },
    });
    return withStack(name, template, {
      resources: [resource('T', TOPIC, `{"DisplayName": ${value}, "Tags": ${value}, "TopicArn": "T"}`)],
    });
  });
}

function configurations() {
  const base = 'version: 1\nprovider: snapshot\nsnapshot: live.json\n';
  return [
    [
      'configuration: escapes and commands',
      `${base}stacks:\n  - {name: good, region: ${REGION}, template: "\\e]0;x\\a\\n::error::x"}\n`,
    ],
    ['configuration: - × 100,000', `${base}stacks: \n${'- '.repeat(100_000)}a\n`],
    ['configuration: [ × 100,000', `${base}stacks: ${'['.repeat(100_000)}\n`],
    [
      'configuration: 20,000 stacks',
      `${base}stacks:\n${`  - {name: good, region: ${REGION}, template: good.json}\n`.repeat(20_000)}`,
    ],
    [
      'configuration: 20,000 ignore rules',
      `${base}stacks:\n  - {name: good, region: ${REGION}, template: good.json}\nignore:\n${'  - {type: "*a*a*a*a*a*b", path: "/**/**/**/**/x", reason: x}\n'.repeat(20_000)}`,
    ],
    [
      'configuration: a glob of 100,000 stars',
      `${base}stacks:\n  - {name: good, region: ${REGION}, template: good.json}\nignore:\n  - {type: "${'*a'.repeat(50_000)}", reason: x}\n`,
    ],
  ].map(([name, text]) => ({
    name,
    files: { 'gitops-drift.yaml': text, 'good.json': GOOD, 'live.json': snapshot([]) },
  }));
}

function recordings() {
  const files = { 'gitops-drift.yaml': config(false), 'good.json': GOOD };
  return [
    ['snapshot: 1.9 M commas', `[${','.repeat(1_900_000)}]`],
    ['snapshot: [ × 1,000,000', '['.repeat(1_000_000)],
    ['snapshot: deep, closed', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
    [
      'snapshot: 200,000 wrong stacks',
      `{"snapshotVersion": 1, "regions": {"eu-west-1": {"stacks": [${Array.from({ length: 200_000 }, () => '{}').join()}]}}}`,
    ],
  ].map(([name, text]) => ({ name, files: { ...files, 'live.json': text } }));
}

function indent(text) {
  return text.replace(/^/gm, '  ');
}

function withTemplate(name, text) {
  return withStack(name, text, { template: text, resources: [resource('T', TOPIC, '{"DisplayName": "live"}')] });
}

/** A repository with a hostile stack `bad` beside the drifted `good`. */
function withStack(name, template, stack) {
  const file = template.startsWith('{') || template.startsWith('[') ? 'bad.json' : 'bad.yaml';
  const { resources = [], ...more } = stack;
  const recorded = `{${[
    '"name": "bad"',
    '"status": "UPDATE_COMPLETE"',
    ...('template' in more ? [`"template": ${JSON.stringify(more.template)}`] : []),
    `"resources": [${resources.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join()}]`,
  ].join()}}`;
  return {
    name,
    files: {
      'gitops-drift.yaml': config(file),
      'good.json': GOOD,
      [file]: template,
      'live.json': snapshot([recorded]),
    },
  };
}

function config(file) {
  const bad = file ? `  - { name: bad, region: ${REGION}, template: ${file} }\n` : '';
  return `version: 1\nprovider: snapshot\nsnapshot: live.json\nstacks:\n${bad}  - { name: good, region: ${REGION}, template: good.json }\n`;
}

function snapshot(stacks) {
  const good = `{"name": "good", "status": "UPDATE_COMPLETE", "template": ${JSON.stringify(GOOD)}, "resources": [${resource('Q', 'AWS::SQS::Queue', '{"VisibilityTimeout": 31}')}]}`;
  return `{"snapshotVersion": 1, "capturedAt": "2026-05-04T02:00:11Z", "account": "111111111111", "regions": {"${REGION}": {"stacks": [${[...stacks, good].join()}]}}}`;
}

function resource(logicalId, type, properties) {
  return `{"logicalId": "${logicalId}", "type": "${type}", "physicalId": "${logicalId}", "properties": ${properties}}`;
}
