/** The account that a text names: by its number, or in an ARN. */
export function accountIn(text: string): string | undefined {
  return /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?:$|:)/.exec(text)?.[1];
}

/** Whether a text names an account that is not the own one; never where the own one is not known. */
export function isAnotherAccount(text: string, own: string | undefined): boolean {
  const account = accountIn(text);
  return own !== undefined && account !== undefined && account !== own;
}
