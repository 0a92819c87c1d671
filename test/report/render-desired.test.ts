import { describe, expect, test } from '@jest/globals';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { renderDesired } from '../../src/report/render-desired.js';
import { evaluateText } from '../support/evaluate.js';

const TEXT = `Parameters:
  Env: {Type: String, Default: prod}
  Told: {Type: String}
  Password: {Type: String, NoEcho: true, Default: hunter22}
Conditions: {Yes: !Equals [!Ref Env, prod], No: !Not [!Condition Yes]}
Resources:
  Left: {Type: AWS::SNS::Topic, Condition: No}
  It:
    Type: AWS::SSM::Parameter
    Properties:
      Name: !Ref Env
      Told: !Ref Told
      Version: 1.10
      Text: |
        two
        lines
      Secret: !Sub "p=\${Password}"
      Open: !Ref Other
      "__proto__": {a: b}
  Other: {Type: AWS::SNS::Topic}
Outputs:
  Id: {Value: !Ref Env, Export: {Name: !Sub "\${Env}-id"}}
`;
const evaluated = evaluateText(TEXT, { path: 'templates/it.yaml', deployed: { Told: { value: 'told' } } });

describe('renderDesired', () => {
  test('as YAML, with where each value comes from', () => {
    expect(renderDesired(evaluated, { types: cloudFormationTypes, format: 'yaml', origins: true })).toBe(`Conditions:
  Yes: true
  No: false
Resources:
  It:
    Type: AWS::SSM::Parameter
    Properties:
      Name: prod # templates/it.yaml:2 via Ref Env (parameter default)
      Told: told # templates/it.yaml:12 via Ref Told (deployed parameter)
      Version: "1.10" # templates/it.yaml:13
      Text: | # templates/it.yaml:14
        two
        lines
      Secret: "****" # templates/it.yaml:17 via Fn::Sub
      Open: "<unresolved: Other is not deployed yet>" # templates/it.yaml:18
      __proto__:
        a: b # templates/it.yaml:19
  Other:
    Type: AWS::SNS::Topic
    Properties: {}
Outputs:
  Id:
    Value: prod # templates/it.yaml:2 via Ref Env (parameter default)
    Export: prod-id # templates/it.yaml:22 via Fn::Sub
`);
  });

  test('as JSON, with origins by path', () => {
    const json = JSON.parse(renderDesired(evaluated, { types: cloudFormationTypes, format: 'json', origins: true }));
    expect(json.Resources.It.Properties).toMatchObject({
      Name: 'prod',
      Secret: '****',
      Open: '<unresolved: Other is not deployed yet>',
    });
    expect(json.origins['/Resources/It/Properties/Name']).toBe('templates/it.yaml:2 via Ref Env (parameter default)');
    expect(json.Resources.Left).toBeUndefined();
    expect(
      JSON.parse(renderDesired(evaluated, { types: cloudFormationTypes, format: 'json', origins: false })).origins,
    ).toBeUndefined();
  });

  test('without origins there are no comments, and never a secret', () => {
    const plain = renderDesired(evaluated, { types: cloudFormationTypes, format: 'yaml', origins: false });
    expect(plain).not.toContain('#');
    for (const format of ['yaml', 'json'] as const) {
      expect(renderDesired(evaluated, { types: cloudFormationTypes, format, origins: true })).not.toContain('hunter22');
    }
  });
});
