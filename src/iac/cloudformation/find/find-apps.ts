import { DriftError } from '../../../base/errors.js';
import type { Checkout } from '../../../git/repository.js';
import type { FoundApps } from '../cdk/find.js';
import { isCdkApp } from '../sources/cdk.js';
import { plain } from '../sources/plain.js';
import { type FoundTemplates, mustHaveTemplates } from './find-templates.js';

/** The templates of a checkout, and the apps of CDK there, where there are any. Throws a `DriftError` where it has neither. */
export async function templatesAndApps(checkout: Checkout): Promise<FoundTemplates & { apps?: FoundApps }> {
  const found = await plain.find(checkout);
  if (!(await checkout.list()).some(isCdkApp)) return mustHaveTemplates(found);
  const { findApps } = await import('../cdk/find.js');
  const apps = await findApps(checkout);
  return { ...withoutMade(found, apps), apps };
}

/** What is in an app's cloud assembly is no template by itself. Throws a `DriftError` where there is nothing at all. */
function withoutMade(found: FoundTemplates, apps: FoundApps): FoundTemplates {
  const templates = found.templates.filter(({ path }) => !apps.isMade(path));
  const skipped = found.skipped.filter(({ file }) => !apps.isMade(file));
  if (apps.stacks.length > 0) return { templates, skipped };
  if (templates.length === 0 && apps.problems.length > 0) throw new DriftError('config', apps.problems);
  return mustHaveTemplates({ templates, skipped });
}
