import type { Provider, StackTarget } from '../../../cloud/cloud.js';
import type { ZonesAnswer } from '../../../model/deployed.js';

/** The availability zones that a stack's templates ask for, which shows only while they are evaluated. */
export interface StackZones {
  /** What was asked of the provider, by region. */
  known: ReadonlyMap<string, ZonesAnswer>;
  of(region: string): ZonesAnswer | undefined;
  /** Runs an evaluation, again for as long as it asks for the zones of one more region. */
  settled<T>(evaluate: () => T): Promise<T>;
}

/** Nothing is asked of the provider before an evaluation needs it. */
export function stackZones(provider: Provider, { roleArn }: StackTarget): StackZones {
  const known = new Map<string, ZonesAnswer>();
  const missing = new Set<string>();

  async function ask(region: string): Promise<void> {
    const answer = await provider.availabilityZones?.(region, roleArn);
    known.set(region, answer ?? { reason: `the provider ${provider.name} does not tell them` });
    missing.delete(region);
  }

  return {
    known,
    of(region) {
      const answer = known.get(region);
      if (answer === undefined) missing.add(region);
      return answer;
    },
    async settled(evaluate) {
      let evaluated = evaluate();
      while (missing.size > 0) {
        await Promise.all([...missing].map(ask));
        evaluated = evaluate();
      }
      return evaluated;
    },
  };
}
