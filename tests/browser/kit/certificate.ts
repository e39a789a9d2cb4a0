import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for localhost of a test's own making, in files that go with it. */
export class Certificate {
  readonly #folder = mkdtempSync(join(tmpdir(), 'minato-certificate-'));

  constructor() {
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=minato test',
      '-addext', 'subjectAltName=DNS:localhost', '-out', this.file, '-keyout', this.key,
    ], { stdio: 'ignore' });
  }

  get file(): string {
    return join(this.#folder, 'cert.pem');
  }

  get key(): string {
    return join(this.#folder, 'key.pem');
  }

  delete(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
