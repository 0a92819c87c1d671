import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
 * Programs that scripts can start, and that do their work in the worker's warm process: shell scripts, which start at once.
 * They have no stdin, and print when they have ended.
 */
export interface StandIns {
  /** Writes an executable file that stands for a program; `note` hears of each start before it runs. */
  write(file: string, program: Program, note?: (started: Started) => void): void;
  close(): void;
}

export async function startStandIns(): Promise<StandIns> {
  const notes = new Map<string, (started: Started) => void>();
  const results = mkdtempSync(join(tmpdir(), 'gitops-drift-stand-ins-'));
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let request = '';
    socket.setEncoding('utf8').on('data', async (text: string) => {
      request += text;
      // Bash can't close one half of a connection.
      if (!request.endsWith(END)) return;
      const { program, file, ...started } = readRequest(request.slice(0, -END.length));
      notes.get(file)?.(started);
      const script = fileURLToPath(new URL(`../../bin/${program}.js`, import.meta.url));
      const { exitCode, stdout, stderr } = await runWarm({ program, script, ...started }).catch(failed);
      const result = join(results, randomUUID());
      writeFileSync(`${result}.out`, stdout);
      writeFileSync(`${result}.err`, stderr);
      socket.end(`${result} ${exitCode}\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    write(file, program, note) {
      if (note !== undefined) notes.set(file, note);
      writeFileSync(file, scriptOf(port, program, file));
      chmodSync(file, 0o755);
    },
    close() {
      server.close();
      rmSync(results, { recursive: true, force: true });
    },
  };
}

/** Ends a request: an empty text, and a variable without a name, which no environment holds. */
const END = '\0=\0';

/** The parts that a script sends: its program, its own file, where it was started, how many arguments, they, and the environment. */
function readRequest(request: string): Started & { program: Program; file: string } {
  const [program = '', file = '', cwd = '', count = '', ...rest] = request.split('\0');
  const variables = rest.slice(Number(count)).map((each) => /^([^=]+)=(.*)$/s.exec(each));
  const env = Object.fromEntries(variables.flatMap((each) => (each === null ? [] : [[each[1], each[2]]])));
  return { program: program as Program, file, cwd, args: rest.slice(0, Number(count)), env };
}

function failed(error: Error): CliResult {
  return { exitCode: 70, stdout: '', stderr: `${error.message}\n` };
}

function scriptOf(port: number, program: Program, file: string): string {
  return `#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/${port}
{
  printf '%s\\0' ${program} '${file}' "$PWD" $# "$@"
  while read -r name; do printf '%s=%s\\0' "$name" "\${!name}"; done < <(compgen -e)
  printf '=\\0'
} >&3
read -r result code <&3
cat "$result.out"
cat "$result.err" >&2
exit "$code"
`;
}
