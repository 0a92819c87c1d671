/** The account that a role belongs to, `arn:aws:iam::111111111111:role/reader`. */
export function accountOfRole(roleArn: string | undefined): string | undefined {
  return roleArn?.split(':')[4];
}
