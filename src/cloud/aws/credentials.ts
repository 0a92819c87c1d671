import type { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { credentialsError, credentialsProblem } from './errors.js';
import { missingProfile } from './profile.js';
import { holdReadOnly } from './read-only.js';

type Pluggable = NonNullable<Parameters<typeof fromTemporaryCredentials>[0]['clientPlugins']>[number];
type CredentialProvider = ReturnType<typeof fromTemporaryCredentials>;
type Credentials = Awaited<ReturnType<CredentialProvider>>;

/** Credentials are renewed when they have less than this left. */
const RENEWAL_MS = 5 * 60_000;
/** The SDK makes the client that assumes a role by itself. */
const READ_ONLY: Pluggable = { applyToStack: (middlewareStack) => holdReadOnly({ middlewareStack }) };

/**
 * Credentials by role: the standard chain (environment, profile, SSO, web identity, container, instance), and roles
 * assumed with it. All clients of a role share them, so that a role is assumed once, and a credential process or an
 * SSO login is asked once. `externalIds` are those that roles ask for, by role.
 */
export function createCredentials(
  externalIds: ReadonlyMap<string, string> = new Map(),
): (roleArn: string | undefined) => CredentialProvider {
  const base = remembered(async (properties) => {
    const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
    try {
      return await fromNodeProviderChain()(properties);
    } catch (error) {
      throw (await missingProfile(process.env, error)) ?? credentialsProblem(error) ?? credentialsError(error);
    }
  });
  const roles = new Map<string, CredentialProvider>();

  function assume(roleArn: string): CredentialProvider {
    return remembered(async (properties) => {
      const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
      // Asked for by themselves, so that their failure is not taken for one of the role.
      const masterCredentials = await base(properties);
      const externalId = externalIds.get(roleArn);
      const params = {
        RoleArn: roleArn,
        RoleSessionName: 'gitops-drift',
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
      };
      try {
        return await fromTemporaryCredentials({ params, masterCredentials, clientPlugins: [READ_ONLY] })(properties);
      } catch (error) {
        throw credentialsError(error, { roleArn });
      }
    });
  }

  return (roleArn) => {
    if (roleArn === undefined) return base;
    const known = roles.get(roleArn) ?? assume(roleArn);
    roles.set(roleArn, known);
    return known;
  };
}

/** Asks once, also for many callers at a time, and again shortly before the credentials expire. A failure is final. */
function remembered(ask: CredentialProvider): CredentialProvider {
  let current: Promise<Credentials> | undefined;
  return async (properties) => {
    const seen = current;
    if (seen !== undefined && !expiresSoon(await seen)) return seen;
    // Whoever comes first asks again; the others find its promise.
    if (current === seen) current = ask(properties);
    return current ?? ask(properties);
  };
}

function expiresSoon(credentials: Credentials): boolean {
  return credentials.expiration !== undefined && credentials.expiration.getTime() - Date.now() < RENEWAL_MS;
}
