import { expect, test } from '@jest/globals';
import { withoutCredentials } from '../../src/git/origin-url.js';

test.each([
  ['https://github.com/acme/infra.git', 'https://github.com/acme/infra.git'],
  ['https://ghp_token@github.com/acme/infra.git', 'https://github.com/acme/infra.git'],
  ['https://ada:pa@ss@git.example.com:8443/infra', 'https://git.example.com:8443/infra'],
  ['https://git.example.com/infra?private_token=secret#secret', 'https://git.example.com/infra'],
  ['HTTP://oauth2:token@host/x', 'HTTP://host/x'],
  ['ssh://git@github.com/acme/infra.git', 'ssh://git@github.com/acme/infra.git'],
  ['ssh://git:secret@host:22/infra', 'ssh://git@host:22/infra'],
  ['git+ssh://git:secret@host/infra', 'git+ssh://git@host/infra'],
  ['git@github.com:acme/infra.git', 'git@github.com:acme/infra.git'],
  ['git:secret@host:infra', 'git@host:infra'],
  ['/srv/git/infra@v1.git', '/srv/git/infra@v1.git'],
  ['../infra', '../infra'],
  ['file:///srv/git/infra.git', 'file:///srv/git/infra.git'],
  ['codecommit://profile@infra', 'codecommit://infra'],
  ['', ''],
])('%s is shown as %s', (url, shown) => {
  expect(withoutCredentials(url)).toBe(shown);
});
