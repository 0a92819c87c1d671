import fc from 'fast-check';
import type { Gate } from '../../src/model/gate.js';
import type {
  Finding,
  Patch,
  PlaceError,
  ResourceReport,
  ResourceStatus,
  StackReport,
} from '../../src/model/report.js';
import type { Outcome } from '../../src/model/summary.js';
import type { Accepted, UnseenClass } from '../../src/model/unseen.js';
import { finding, resource, stack } from './sample.js';

const severity = fc.constantFrom('critical', 'high', 'medium', 'low');
const suppressed = fc.option(fc.constant({ reason: 'autoscaling owns it', by: 'template' as const }), {
  nil: undefined,
});
const baseline = fc.constantFrom('new' as const, 'known' as const);
const patch = fc.constantFrom<Patch>(
  { status: 'none' },
  { status: 'patchable', summary: 'shop.yaml:3  1 → 2', edits: [] },
  { status: 'refused', reason: 'it holds a secret' },
);
const value = fc.option(fc.oneof(fc.nat(99), fc.constantFrom('a', 'b'), fc.array(fc.nat(9), { maxLength: 3 })), {
  nil: undefined,
});

const DRIFT = ['drift', 'conflict'] as const;
const PENDING = ['undeployed', 'adopted'] as const;

/** A difference of a property, or one that is all there is of its resource. */
function findingOf(of: ResourceReport, index: number, verdicts: readonly Finding['verdict'][]): fc.Arbitrary<Finding> {
  return fc
    .record({
      ...{ severity, suppressed, patch, desired: value, live: value, verdict: fc.constantFrom(...verdicts) },
      undeclared: fc.option(fc.constantFrom(...CHANGES), { nil: undefined }),
    })
    .map((rest) => finding(of, `/P${index}`, index + 1, withoutUndefined(undeclaredOf(rest))));
}

const CHANGES = ['appeared', 'changed', 'disappeared', 'open'] as const;

/** Only of drift: Git has nothing to say of it, a baseline may have. */
function undeclaredOf({ undeclared, desired, ...rest }: Drawn): object {
  if (undeclared === undefined || rest.verdict !== 'drift') return { ...rest, desired };
  return { ...rest, undeclared: true, accepted: desired, change: undeclared === 'open' ? undefined : undeclared };
}

interface Drawn {
  verdict: Finding['verdict'];
  desired: Finding['desired'] | undefined;
  undeclared: (typeof CHANGES)[number] | undefined;
}

function withoutUndefined<T extends object>(of: T): Partial<Finding> {
  return Object.fromEntries(Object.entries(of).filter(([, each]) => each !== undefined));
}

interface Part {
  resource: ResourceReport;
  findings: Finding[];
}

const accepted = fc.option(fc.constant({ reason: 'the role may not', file: 'gitops-drift.yaml', line: 7 }), {
  nil: undefined,
});
const unseen = fc.constantFrom<UnseenClass>('notRead', 'unverified', 'never');
const entry = fc
  .record({ of: unseen, accepted })
  .map(({ of, ...rest }) => ({ path: '/Password', reason: 'not known', class: of, ...given(rest) }));
const unverifiable = fc.oneof<fc.MaybeWeightedArbitrary<ResourceReport['unverifiable']>[]>(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: entry.map((one) => [one]) },
);

/** What a status that says that nothing was judged comes with; what can never be read is not accepted either. */
function unjudgedAs(status: ResourceStatus): fc.Arbitrary<Partial<ResourceReport>> {
  if (status === 'unreadable') return accepted.map((rule) => ({ class: 'notRead', ...given({ accepted: rule }) }));
  if (status !== 'unsupported') return fc.constant({});
  const unread = accepted.map((rule) => ({ class: 'notRead' as const, ...given({ accepted: rule }) }));
  return fc.oneof(fc.constant({ class: 'never' as const }), unread);
}

function given({ accepted: rule }: { accepted: Accepted | undefined }): { accepted?: Accepted } {
  return rule === undefined ? {} : { accepted: rule };
}

/** A resource with the findings that its status comes from. */
function partOf(stackName: string, logicalId: string, statuses: readonly ResourceStatus[]): fc.Arbitrary<Part> {
  return fc.constantFrom(...statuses).chain((status) =>
    fc.tuple(unverifiable, unjudgedAs(status)).chain(([all, rest]) => {
      const open = status === 'unreadable' || status === 'unsupported' ? [] : all;
      const of = resource(stackName, logicalId, 'AWS::SQS::Queue', { status, unverifiable: open, ...rest });
      return findingsOf(of).map((findings) => ({ resource: of, findings }));
    }),
  );
}

function findingsOf(of: ResourceReport): fc.Arbitrary<Finding[]> {
  switch (of.status) {
    case 'modified':
      return fc
        .tuple(findingOf(of, 0, DRIFT), fc.array(fc.nat(), { maxLength: 2 }))
        .chain(([first, others]) =>
          fc
            .tuple(...others.map((_, index) => findingOf(of, index + 1, [...DRIFT, ...PENDING])))
            .map((rest) => [first, ...rest]),
        );
    case 'deleted':
      return fc
        .record({ severity, suppressed })
        .map((rest) => [finding(of, '', 1, { kind: 'deleted', ...withoutUndefined(rest) })]);
    case 'undeployed':
      return findingOf(of, 0, PENDING).map((only) => [only]);
    default:
      return fc.constant([]);
  }
}

const orphan = fc
  .record({ name: fc.constantFrom('i-1', 'i-2', 'i-3'), severity, suppressed })
  .map(({ name, ...rest }) => {
    const of = resource('', '', 'AWS::EC2::Instance', { physicalId: name });
    const { location: _, ...found } = finding(of, '', 1, { kind: 'unmanaged', ...withoutUndefined(rest) });
    return { ...found, id: name };
  });

/** What a scan may have found. */
export interface RandomScan extends Omit<Outcome, 'coverage'> {
  errors: PlaceError[];
}

const STATUSES = ['inSync', 'modified', 'deleted', 'undeployed', 'unreadable', 'unsupported'] as const;

function stackOf(
  name: string,
  statuses: readonly ResourceStatus[],
): fc.Arbitrary<{ stack: StackReport; parts: Part[] }> {
  const ids = fc.subarray(['A', 'B', 'C', 'D']);
  const failed = accepted.map((rule): { stack: StackReport; parts: Part[] } => ({
    stack: stack(name, { status: 'error', error: 'it does not exist', ...given({ accepted: rule }) }),
    parts: [],
  }));
  const scanned = ids
    .chain((own) => fc.tuple(...own.map((id) => partOf(name, id, statuses))))
    .map((parts) => ({ stack: stack(name), parts }));
  return fc.oneof({ weight: 1, arbitrary: failed }, { weight: 6, arbitrary: scanned });
}

/** Findings of every kind and verdict, resources of every status, failed stacks and places; some compared with an earlier report. */
export const randomScan: fc.Arbitrary<RandomScan> = fc
  // Of few statuses at a time: what hides behind graver things must show, too.
  .subarray([...STATUSES], { minLength: 1 })
  .chain((statuses) =>
    fc.record({
      stacks: fc
        .subarray(['app', 'data', 'net'])
        .chain((names) => fc.tuple(...names.map((name) => stackOf(name, statuses)))),
      orphans: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        fc.uniqueArray(orphan, { selector: ({ id }) => id, maxLength: 3 }),
      ),
      hasErrors: fc.integer({ min: 0, max: 6 }).map((number) => number === 0),
      compared: fc.nat(20),
      gone: fc.option(fc.nat(3), { nil: undefined }),
    }),
  )
  .chain(({ stacks, orphans, hasErrors, compared, gone }) => {
    const findings = [...stacks.flatMap(({ parts }) => parts.flatMap((part) => part.findings)), ...orphans];
    const marks = fc.tuple(...findings.map(() => baseline));
    return marks.map((marked) => ({
      stacks: stacks.map((each) => each.stack),
      resources: stacks.flatMap(({ parts }) => parts.map((part) => part.resource)),
      findings: findings.map((each, index): Finding => {
        const mark = marked[index];
        return gone === undefined || each.suppressed || mark === undefined ? each : { ...each, baseline: mark };
      }),
      errors: hasErrors ? [{ region: 'us-east-1', account: null, error: 'AccessDenied' }] : [],
      compared,
      ...(gone === undefined ? {} : { gone }),
    }));
  });

export const randomGate: fc.Arbitrary<Gate> = fc.record({
  failOn: fc.oneof(severity, fc.constantFrom('low' as const, 'never' as const)),
  strict: fc.boolean(),
});
