import { afterAll, describe, test } from '@jest/globals';
import { type CloudControlProxy, startCloudControlProxy } from '../cloud-control/proxy.js';
import { startMotoServer } from './server.js';

/** moto, and the way to it that also knows Cloud Control. */
export interface Moto {
  /** Where to change things and to deploy. */
  url: string;
  /** Where to scan. */
  proxy: CloudControlProxy;
}

/** A suite with a `moto_server` of its own; where that is not installed it is skipped and says so. */
export async function describeMoto(name: string, suite: (moto: Moto) => void): Promise<void> {
  const server = await startMotoServer();
  if (server === undefined) {
    console.warn(`skipped: ${name} (moto_server is not installed)`);
    test.skip(name, () => {});
    return;
  }
  const proxy = await startCloudControlProxy(server.url);
  describe(name, () => {
    afterAll(async () => {
      await proxy.close();
      await server.close();
    });
    suite({ url: server.url, proxy });
  });
}
