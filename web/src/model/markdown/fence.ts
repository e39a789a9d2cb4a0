// fence = [3SP] 3*"`" [language] EOL            https://spec.commonmark.org/0.31.2/#fenced-code-blocks
const fence = /^ {0,3}(`{3,})([^`]*)$/u;

export interface Fence {
  readonly marks: string;
  /** What stands beside the backticks. */
  readonly info: string;
}

/** Code begins with this line, if another one follows. */
export function readFence(line: string): Fence | null {
  const found = fence.exec(line);
  return found === null ? null : { marks: found[1]!, info: found[2]! };
}

/** Whether code that began with these backticks ends with this line: some write them behind the last of it. */
export function endsFence(line: string, marks: string): boolean {
  return line.trimEnd().endsWith(marks);
}
