import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A running `moto_server`: AWS's services by an implementation that is not ours. */
export interface MotoServer {
  url: string;
  close(): Promise<void>;
}

const START_MS = 60_000;

/**
 * Starts `moto_server` on loopback and waits until it answers; undefined where it is not installed.
 * Rejects with its own words where it is there and does not come up.
 */
export async function startMotoServer(): Promise<MotoServer | undefined> {
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const gone = ended(child);
  const url = `http://127.0.0.1:${port}`;
  let isGone = false;
  void gone.then(() => {
    isGone = true;
  });
  const end = await Promise.race([gone, answering(`${url}/moto-api/`, () => isGone)]);
  // Shims of Python version managers are on the PATH also where the package is not installed.
  if (end === 'not found') return undefined;
  if (end !== undefined) throw new Error(`moto_server does not come up: ${end} ${said.join('')}`);
  return {
    url,
    async close() {
      child.kill();
      await gone;
    },
  };
}

/** How the process ended. */
function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ENOENT' ? 'not found' : error.message),
    );
    child.once('exit', (code) => resolve(code === 127 ? 'not found' : `exit code ${code}`));
  });
}

/** Settles when there is an answer, or with the reason why there is none. */
async function answering(url: string, isOver: () => boolean): Promise<string | undefined> {
  const until = Date.now() + START_MS;
  while (!isOver() && Date.now() < until) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return undefined;
    await pause(50);
  }
  return `no answer in ${START_MS / 1000} s`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
