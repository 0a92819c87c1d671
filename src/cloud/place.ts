import { type DriftError, describeProblem, type Problem } from '../base/errors.js';
import type { PlaceError } from '../model/report.js';

/** A region of an account, and as whom to read it. */
export interface Place {
  region: string;
  /** Checked against the credentials. */
  account?: string;
  roleArn?: string;
}

/** A place's error as one among other problems. */
export function problemOf({ region, account, error }: PlaceError): Problem {
  return {
    code: 'discovery-place-not-read',
    message: `${account ?? 'the account'} in ${region} could not be looked in: ${error}`,
  };
}

/** What became of a place. */
export function placeError({ region, account }: Place, reason: DriftError): PlaceError {
  return { region, account: account ?? null, error: reason.problems.map(describeProblem).join('\n') };
}
