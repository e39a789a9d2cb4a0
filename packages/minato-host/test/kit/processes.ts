import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Every process started from here on has it in its environment, and so has what that starts. */
const mark = `MINATO_TEST_RUN=${process.pid}-${Date.now()}`;
process.env['MINATO_TEST_RUN'] = mark.split('=')[1];

/** The pids of everything that was started by this file's tests and lives. */
export function started(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/u.test(name)).map(Number).filter((pid) => pid !== process.pid && isMarked(pid));
}

/** Whether it lives: a zombie does not. */
export function lives(pid: number): boolean {
  return /^State:\s+[^ZX]/mu.test(read(pid, 'status'));
}

/** Polls until it is so: what happens in other processes is not told to us. */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`not within 20 s: ${what}`);
    await sleep(20);
  }
}

export function read(pid: number, file: 'cmdline' | 'environ' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function isMarked(pid: number): boolean {
  return read(pid, 'environ').split('\0').includes(mark) && lives(pid);
}
