import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder that goes with its test. */
export function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'minato-host-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A program that is started in Minato's place: lines of a shell. */
export function program(t: TestContext, ...lines: string[]): string {
  const file = join(folder(t), 'program');
  writeFileSync(file, `#!/bin/sh\n${lines.join('\n')}\n`);
  chmodSync(file, 0o755);
  return file;
}
