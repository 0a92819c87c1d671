import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCES = fileURLToPath(new URL('../../../src/', import.meta.url));
const BUILT = new URL('../../../dist/', import.meta.url);

/**
 * Jest's transformer of the project's own modules: each becomes a module that hands on what the built one exports, which
 * Node itself has loaded. So a worker loads and compiles it once, and not once for each test file.
 */
export default {
  async processAsync(_source, file) {
    const { href } = builtFrom(file);
    const names = Object.keys(await import(href));
    if (names.length === 0) return { code: 'export {};' };
    return { code: `export const { ${names.join(', ')} } = await importBuilt('${href}');` };
  },

  /** What has been transformed serves as long as the built module is the same. */
  getCacheKey(_source, file) {
    const built = builtFrom(file);
    return createHash('sha256').update(built.href).update(readFileSync(built)).digest('hex');
  },
};

/** The URL of the module that was built from a source. Throws where that is missing, or older. */
function builtFrom(file) {
  const path = relative(SOURCES, file).replaceAll('\\', '/');
  const built = new URL(path.replace(/\.ts$/, '.js'), BUILT);
  if (existsSync(built) && statSync(built).mtimeMs >= statSync(file).mtimeMs) return built;
  throw new Error(`src/${path} has changed since dist/ was built: run npm run build`);
}
