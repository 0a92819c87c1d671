import { posix } from 'node:path';
import type { Checkout } from '../../../git/repository.js';
import type { CdkStack } from '../cdk/stack.js';

/**
 * The stack of a cloud assembly that a template is of, by its path; undefined for one that CDK did not make. What knows CDK
 * is loaded only where there is a manifest beside the template.
 */
export async function cdkStackOf(checkout: Checkout, template: string): Promise<CdkStack | undefined> {
  if (!template.endsWith('.template.json')) return undefined;
  if (!(await checkout.exists(posix.join(posix.dirname(template), 'manifest.json')))) return undefined;
  const { openStack } = await import('../cdk/stack.js');
  return openStack(checkout, template);
}

/** What says that a folder has an app of CDK. */
export function isCdkApp(path: string): boolean {
  return /(?:^|\/)cdk\.json$/.test(path);
}
