import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const NAME = /^\.gitops-drift-(\d+)-[0-9a-f]{16}\.tmp$/;

/** A new file beside those in a folder, whose name tells the process that writes it. */
export function temporaryIn(folder: string): string {
  return join(folder, `.gitops-drift-${process.pid}-${randomBytes(8).toString('hex')}.tmp`);
}

/** Removes what processes that were killed outright have left in a folder. What can't be looked at or removed stays. */
export function removeLeftovers(folder: string): void {
  for (const name of namesIn(folder)) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    try {
      if (lstatSync(join(folder, name)).isFile()) rmSync(join(folder, name), { force: true });
    } catch {
      // It does no harm.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be asked, and is there.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
