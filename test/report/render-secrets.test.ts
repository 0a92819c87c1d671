import { expect, test } from '@jest/globals';
import { evaluateTemplate } from '../../src/iac/cloudformation/template/evaluate.js';
import { parseTemplate } from '../../src/iac/cloudformation/template/parse.js';
import type { EvaluationInputs } from '../../src/iac/cloudformation/template/scope.js';
import { cloudFormationTypes } from '../../src/iac/cloudformation/types/types.js';
import { renderDesired } from '../../src/report/render-desired.js';
import { createSource } from '../../src/syntax/source.js';

const TEMPLATE = `
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Environment:
            - { Name: DB_PASSWORD, Value: hunter2-in-a-list }
            - { Name: DB_HOST, Value: db.internal }
  Worker:
    Type: AWS::Lambda::Function
    Properties:
      Environment: { Variables: { API_TOKEN: hunter2-in-a-map, MAIL_URL: "smtp://shop:hunter2-in-a-url@mail" } }
`;

const INPUTS: EvaluationInputs = {
  parameters: new Map(),
  environment: { region: 'eu-west-1', stackName: 'shop' },
  resources: { physicalId: () => undefined, attribute: () => undefined },
};

test.each(['yaml', 'json'] as const)(
  'rendering the desired state as %s tells no secret, listed or mapped',
  (format) => {
    const evaluated = evaluateTemplate(parseTemplate(createSource('t.yaml', TEMPLATE)), INPUTS);
    for (const origins of [false, true]) {
      const text = renderDesired(evaluated, { types: cloudFormationTypes, format, origins });
      expect(text).not.toContain('hunter2');
      expect(text).toContain('db.internal');
      expect(text).toContain('smtp://shop:****@mail');
    }
  },
);
