/** What a person is asked to do about an unexpected failure. */
export const REPORT_DEFECT = 'this is a defect of gitops-drift; please report it with this text';

/** So many calls tell where it happened. */
const MOST_FRAMES = 6;

/**
 * What a report about an unexpected failure needs: the error and the last calls, without the paths of this machine, and
 * without what the message quotes, since that may be a secret.
 */
export function defectText(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '')
    .split('\n')
    .flatMap((line) => /^\s+at (.*)$/.exec(line)?.[1] ?? [])
    .slice(0, MOST_FRAMES)
    .map((frame) => frame.replace(/(^|\()[^(]*[\\/]/, '$1'));
  return [`${error.name}: ${error.message.replace(/".*"/s, '"…"')}`, ...frames].join(' < ');
}
