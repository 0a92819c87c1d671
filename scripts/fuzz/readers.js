import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareResource } from '../../dist/compare/compare.js';
import { loadConfig } from '../../dist/config/load.js';
import { evaluateTemplate } from '../../dist/iac/cloudformation/template/evaluate.js';
import { resolveParameters } from '../../dist/iac/cloudformation/template/parameters.js';
import { parseTemplate } from '../../dist/iac/cloudformation/template/parse.js';
import { cloudFormationTypes } from '../../dist/iac/cloudformation/types/types.js';
import { readSavedReport } from '../../dist/model/saved-report.js';
import { createSnapshotProvider } from '../../dist/provider/snapshot/provider.js';
import { renderReport } from '../../dist/report/formats.js';
import { changesOf } from '../../dist/severity/change.js';
import { severityRules } from '../../dist/severity/rules.js';
import { inlineDirectives } from '../../dist/suppress/comments/read.js';
import { createSource } from '../../dist/syntax/source.js';

const ROOT = resolve(import.meta.dirname, '../..');
const SUBJECT = {
  stack: 's',
  region: 'eu-west-1',
  account: null,
  logicalId: 'R',
  type: 'AWS::EC2::SecurityGroup',
  physicalId: 'r',
};

/** Texts of each kind that are right: templates (YAML and JSON), configuration, snapshot, live model, report. */
export function seedsOf(report) {
  const read = (path) => readFileSync(join(ROOT, path), 'utf8');
  const templates = readdirSync(join(ROOT, 'fixtures/demo/templates')).map((file) =>
    read(`fixtures/demo/templates/${file}`),
  );
  const group = {
    GroupDescription: 'a',
    SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }],
    Tags: [{ Key: 'a', Value: 'b' }],
  };
  const json = {
    Parameters: { P: { Type: 'CommaDelimitedList', Default: 'a,b' } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } },
    Resources: {
      R: { Type: SUBJECT.type, Condition: 'C', Properties: group },
      T: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::Join': ['-', { Ref: 'P' }] } } },
    },
  };
  return {
    yaml: templates,
    json: [JSON.stringify(json), JSON.stringify({ Transform: 'AWS::LanguageExtensions', ...json }, null, 1)],
    config: [read('fixtures/demo/gitops-drift.yaml')],
    snapshot: [read('fixtures/demo/live.json')],
    live: [JSON.stringify(group)],
    report: [report],
  };
}

/** What is done with a text of each kind; `folder` is for what has to be a file. */
export function readersIn(folder) {
  const rules = severityRules(cloudFormationTypes);
  const desired = {
    GroupDescription: 'a',
    SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' }],
    Tags: [{ Key: 'a', Value: 'b' }],
  };
  function template(path) {
    return (text) => {
      const parsed = parseTemplate(createSource(path, text));
      inlineDirectives(parsed);
      const parameters = resolveParameters(parsed, { configured: new Map(), deployed: {} });
      const environment = { region: 'eu-west-1', stackName: 's', accountId: '111111111111' };
      evaluateTemplate(parsed, {
        parameters,
        environment,
        resources: { physicalId: () => 'id', attribute: () => undefined },
      });
    };
  }
  return {
    yaml: template('t.yaml'),
    json: template('t.json'),
    config: (text) => loadConfig(createSource('gitops-drift.yaml', text)),
    async snapshot(text) {
      const provider = await createSnapshotProvider({
        resourceTypes: cloudFormationTypes,
        snapshot: { path: 'live.json', text },
      });
      await provider.connect();
    },
    async live(text) {
      const live = parsedOrEmpty(text);
      const compared = await compareResource({
        type: SUBJECT.type,
        types: cloudFormationTypes,
        resourceType: cloudFormationTypes.get(SUBJECT.type),
        desired,
        live,
        partial: false,
        context: { region: 'eu-west-1' },
      });
      const changeOf = changesOf(desired, compared.differences);
      for (const difference of compared.differences)
        rules.rate(changeOf(difference, { ...SUBJECT, kind: 'modified', verdict: 'drift' }));
    },
    async report(text) {
      const file = join(folder, 'report.json');
      writeFileSync(file, text);
      const report = await readSavedReport(file);
      for (const format of ['table', 'markdown', 'html', 'sarif', 'junit', 'github', 'gitlab', 'json']) {
        await renderReport(report, format, { color: false, explain: true, verbose: true });
      }
    },
  };
}

/** A live model is JSON already when it gets here. */
function parsedOrEmpty(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { Tags: value };
  } catch {
    return {};
  }
}
