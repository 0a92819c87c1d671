import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.js';

interface Manifest {
  version: string;
  engines: { node: string };
  homepage: string;
}

/** The version in package.json. */
export function toolVersion(): string {
  return manifest().version;
}

/** The least version of Node in package.json, `20.19.0`. */
export function requiredNode(): string {
  return manifest().engines.node.replace(/^>=\s*/, '');
}

/** The project's address in package.json, without an anchor. */
export function toolHomepage(): string {
  return manifest().homepage.replace(/#.*$/, '');
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as Manifest;
}
