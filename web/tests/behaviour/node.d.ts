/** As much of Node as the driver uses; the page knows none of it. */
declare module 'node:readline' {
  interface Lines {
    on(event: 'line', run: (line: string) => void): Lines;
    on(event: 'close', run: () => void): Lines;
  }
  export function createInterface(options: { input: unknown }): Lines;
}

declare module 'node:fs' {
  export function mkdirSync(path: string, options: { recursive: boolean }): void;
  export function readdirSync(path: string): string[];
  export function readFileSync(path: string, encoding: 'utf8'): string;
  export function rmSync(path: string, options: { force: boolean }): void;
  export function writeFileSync(path: string, text: string): void;
}

declare module 'node:path' {
  export function join(...parts: string[]): string;
}

declare const process: {
  readonly stdin: unknown;
  readonly stdout: { write(text: string): void };
  exit(code: number): never;
};
