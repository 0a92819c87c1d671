import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { packageFile } from '../base/package-file.js';
import { isolate } from './isolation.js';
import { execute, type GitResult, resultOf, withSafeguards } from './process.js';

/** Runs Git commands on a repository, as `runGit` does. */
export interface Launcher {
  run(directory: string, args: readonly string[]): Promise<GitResult>;
  /** Ends it; commands that still run are of no interest any more. */
  close(): void;
}

/** What is sent back of a command. */
interface Answer {
  id: number;
  error?: { code?: number | string; message: string };
  stdout: string;
  stderr: string;
}

/**
 * Starts a small process that runs Git commands for this one. To start a process takes time by the memory of the one that
 * starts it: at the end of a large scan 15 ms of CPU for each command instead of 1.5. Where the small process can't be
 * started, or ends, the commands are run from here.
 */
export function startLauncher(): Launcher {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = fork(fileURLToPath(packageFile('bin/launch-git.js')), { env, execArgv: [], stdio: 'ignore' });
  const waiting = new Map<number, (answer: Answer | undefined) => void>();
  let last = 0;
  function giveUp(): void {
    for (const answer of waiting.values()) answer(undefined);
    waiting.clear();
  }
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.on('error', giveUp).on('exit', giveUp);

  function ask(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      if (!child.connected) return resolve(undefined);
      last += 1;
      waiting.set(last, resolve);
      child.send({ id: last, args, env: environment }, (error) => {
        if (error !== null) giveUp();
      });
    });
  }

  return {
    async run(directory, args) {
      const { environment } = await isolate(directory);
      const command = ['-C', directory, ...args];
      const answer = await ask(withSafeguards(command), environment);
      if (answer === undefined) return execute(command, environment);
      const { error = null, stdout, stderr } = answer;
      return resultOf(error, stdout, stderr);
    },
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}
