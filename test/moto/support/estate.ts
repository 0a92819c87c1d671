import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from '../../support/repository.js';
import { deploy, type MotoAccount, signIn, upload } from './account.js';

const FIXTURE = fileURLToPath(new URL('../../../fixtures/moto/', import.meta.url));

/** What only those who deploy know; it must not show anywhere. */
export const API_KEY = 'tr0ub4dor-and-3';

/** The repository of `fixtures/moto`, by path. */
export function estateFiles(): Record<string, string> {
  const paths = readdirSync(FIXTURE, { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path));
  return Object.fromEntries(paths.map((path) => [path.replaceAll('\\', '/'), read(path)]));
}

/** The same repository with some files changed. */
export function changedFiles(changes: Record<string, (text: string) => string>): Files {
  const files = estateFiles();
  for (const [path, change] of Object.entries(changes)) files[path] = change(files[path] ?? '');
  return files;
}

/** Deploys production into one account and staging into another, as their pipeline would. */
export async function deployEstate(url: string): Promise<{ prod: MotoAccount; staging: MotoAccount }> {
  const prod = await signIn(url, '111111111111');
  const staging = await signIn(url, '222222222222');
  await deployShop(prod, 'prod', { Timeout: '120' });
  await deployShop(staging, 'staging', {});
  await deployPlatform(prod);
  return { prod, staging };
}

/** The network and what runs in it. */
export async function deployShop(account: MotoAccount, env: string, more: Record<string, string>): Promise<void> {
  const client = account.cloudFormation('eu-west-1');
  const network = `network-${env}`;
  await deploy(client, { name: network, template: read('templates/network.yaml'), parameters: { Env: env } });
  await deploy(client, {
    name: `orders-${env}`,
    template: read('templates/orders.yaml'),
    parameters: { Env: env, Network: network, ApiKey: API_KEY, ...more },
  });
}

/** Stacks in stacks, uploaded as packaging does. */
async function deployPlatform(account: MotoAccount): Promise<void> {
  const place = account.place('us-east-1');
  const alerts = await upload(place, 'packages', 'alerts', read('templates/platform/alerts.json'));
  const messaging = read('templates/platform/messaging.yaml').replace('alerts.json', alerts);
  const url = await upload(place, 'packages', 'messaging', messaging);
  await deploy(account.cloudFormation('us-east-1'), {
    name: 'platform-prod',
    template: read('templates/platform.yaml').replace('./platform/messaging.yaml', url),
    parameters: { Env: 'prod' },
  });
}

function read(path: string): string {
  return readFileSync(join(FIXTURE, path), 'utf8');
}
