import type { Checkout } from '../../../git/repository.js';
import type { AssemblyFiles } from './model.js';

/** The files of a checkout; those that Git ignores, as it mostly does cloud assemblies, are read from a work tree, too. */
export function filesOf(checkout: Pick<Checkout, 'exists' | 'read'>): AssemblyFiles {
  return {
    read: async (path) => ((await checkout.exists(path)) ? (await checkout.read(path)).text : undefined),
  };
}
