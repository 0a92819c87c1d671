/**
 * A remote's URL without its credentials, fit for a report: over HTTP both user and password go (either may be a
 * token), over SSH the user stays (`git@`). The forms are those of https://git-scm.com/docs/git-clone#_git_urls.
 */
export function withoutCredentials(url: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return withoutPassword(url, '');
  const [, start = '', authority = '', rest = ''] = /^([^:]+:\/\/)([^/?#]*)([^?#]*)/.exec(url) ?? [];
  if (scheme.endsWith('ssh')) return `${withoutPassword(authority, start)}${rest}`;
  return `${start}${authority.slice(authority.lastIndexOf('@') + 1)}${rest}`;
}

/** `user:password@host` becomes `user@host`; a user before the host is no secret over SSH. */
function withoutPassword(address: string, start: string): string {
  const at = address.split('/')[0]?.lastIndexOf('@') ?? -1;
  const user = address.slice(0, Math.max(at, 0)).split(':')[0] ?? '';
  return at === -1 ? `${start}${address}` : `${start}${user}${address.slice(at)}`;
}
