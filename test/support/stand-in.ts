import { chmodSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { CliResult } from './cli.js';

export type Program = 'gitops-drift' | 'gitops-drift-ci';

/** What a stand-in was started with. */
export interface Started {
  args: string[];
  cwd: string;
  env: Record<string, string>;
}

/**
 * Programs that scripts can start, and that do their work in the worker's warm process: a Node that loads nothing of the
 * project. They have no stdin, and print when they have ended.
 */
export interface StandIns {
  /** Writes an executable file that stands for a program; `note` hears of each start before it runs. */
  write(file: string, program: Program, note?: (started: Started) => void): void;
  close(): void;
}

export async function startStandIns(): Promise<StandIns> {
  const notes = new Map<string, (started: Started) => void>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let request = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      request += text;
    });
    socket.on('end', async () => {
      const { program, file, ...started } = JSON.parse(request) as Started & { program: Program; file: string };
      notes.get(file)?.(started);
      const script = fileURLToPath(new URL(`../../bin/${program}.js`, import.meta.url));
      socket.end(JSON.stringify(await runWarm({ program, script, ...started }).catch(failed)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    write(file, program, note) {
      if (note !== undefined) notes.set(file, note);
      writeFileSync(file, `#!${process.execPath}\n${SOURCE}run(${port}, ${JSON.stringify({ program, file })});\n`);
      chmodSync(file, 0o755);
    },
    close: () => server.close(),
  };
}

function failed(error: Error): CliResult {
  return { exitCode: 70, stdout: '', stderr: `${error.message}\n` };
}

const SOURCE = `
function run(port, request) {
  const socket = require('node:net').connect(port, '127.0.0.1');
  socket.end(JSON.stringify({ ...request, args: process.argv.slice(2), cwd: process.cwd(), env: process.env }));
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => { answer += text; }).on('end', () => {
    const { exitCode, stdout, stderr } = JSON.parse(answer);
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    process.exitCode = exitCode;
  });
}
`;
