import { DriftError } from '../../base/errors.js';
import type { ConfiguredParameter } from '../../model/parameter.js';
import type { Target } from '../../model/target.js';
import type { Maker, Program, Proof, Remade } from '../../patch/ports.js';
import type { Source } from '../../syntax/source.js';
import type { EvaluatedTemplate } from './template/evaluate.js';
import { parametersFor } from './template/nested-stack.js';
import { parseTemplate, type Template } from './template/parse.js';

type Configured = Map<string, ConfiguredParameter>;

/** What a template stands in. */
export interface Surroundings {
  /** How it is known what edited files come to, where that is not by evaluating them alone. */
  proof?: Proof | undefined;
  /** Makes the template of other files, which are edited instead of it. */
  maker?: Maker | undefined;
  /** Makes a version anew with what gives it its parameters. */
  remake?: ((template: Template, inputs: Configured) => Promise<Remade>) | undefined;
  target: Pick<Target, 'parameters' | 'parameterSources'>;
  /** Its configured parameters when some files are other than they were, by path; throws a `DriftError` where they are wrong. */
  configured(edited: ReadonlyMap<string, Source>): Configured;
  /** Evaluates a version of the template or of its configured parameters with all else as it was scanned. */
  evaluate(template: Template, configured: Configured): EvaluatedTemplate;
}

/** A template as a program: what it evaluates to hangs on the parameters that it is given. */
export function programOf(template: Template, around: Surroundings): Program {
  return version(template, () => around.target.parameters, around);
}

function version(template: Template, given: () => Configured, around: Surroundings): Program {
  const { file, config } = around.target.parameterSources ?? {};
  let inputs: Configured | undefined;

  function versionOf(source: Source | undefined): Template {
    return source === undefined || source === template.source ? template : parsed(source);
  }

  return {
    files: [template.source, file, config?.source].filter((source) => source !== undefined),
    template,
    proof: around.proof,
    ...(around.remake && {
      remake() {
        inputs ??= given();
        return around.remake?.(template, inputs) ?? Promise.resolve(new Map());
      },
    }),
    get inputs() {
      inputs ??= given();
      return inputs;
    },
    evaluate: (facts) => around.evaluate(template, new Map(facts.inputs)),
    inputsOf: (logicalId, evaluated) => parametersFor(evaluated, logicalId),
    with(edited) {
      const { path } = template.source;
      const configured = () => around.configured(edited);
      if (around.maker === undefined) return version(versionOf(edited.get(path)), configured, around);
      return around.maker.make(edited).then((made) => {
        const source = made.get(path);
        if (source === undefined) throw noLongerMade(path);
        return version(versionOf(source), configured, around);
      });
    },
  };
}

function noLongerMade(file: string): DriftError {
  return new DriftError('template', [
    { code: 'template-invalid', file, message: 'the app would no longer make this stack' },
  ]);
}

/** Stacks of one template share what an edited file says. */
const known = new WeakMap<Source, Template>();

function parsed(source: Source): Template {
  const template = known.get(source) ?? parseTemplate(source);
  known.set(source, template);
  return template;
}
