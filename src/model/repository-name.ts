/** `https://github.com/acme/shop.git`, `ssh://git@github.com:22/acme/shop`: a scheme, perhaps a user and a port, and a path. */
const URL_FORM = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/i;
/** `git@github.com:acme/shop.git` (https://git-scm.com/docs/git-clone#_git_urls). */
const SCP_FORM = /^(?:[^@/:]+@)?((?=[^/:]+?\.[^/:])[^/:]+):(?!\/\/)(.+)$/;

/** Whether two reports are of one repository: the same host and path, however its URL is written on a machine. */
export function isSameRepository(one: string, other: string): boolean {
  return one === other || nameOf(one) === nameOf(other);
}

function nameOf(repository: string): string {
  const [, host, path] = URL_FORM.exec(repository) ?? SCP_FORM.exec(repository) ?? [];
  if (host === undefined || path === undefined) return repository;
  return `${host.toLowerCase()}/${path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '')}`;
}
