import type { ArtifactLocation, Region } from 'sarif';
import type { Location } from '../../syntax/location.js';
import { relativeAddress } from '../place.js';

/** What all files are relative to: the name that GitHub gives the root of a repository. */
export const ROOT = '%SRCROOT%';

/** A file of the repository. */
export function artifactLocation(file: string): ArtifactLocation {
  return { uri: relativeAddress(file), uriBaseId: ROOT };
}

/** Lines and columns from 1, in UTF-16 units, the end exclusive: as SARIF counts, too. */
export function regionOf({ line, column, endLine, endColumn }: Omit<Location, 'file'>): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}
