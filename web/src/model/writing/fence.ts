const opening = /^ {0,3}(`{3,})[^`]*$/u;

/** Whether what is written next is code between fences: there Enter breaks the line. */
export function isInFence(text: string, caret: number): boolean {
  let marks: string | null = null;
  for (const line of text.slice(0, caret).split('\n')) {
    if (marks === null) marks = opening.exec(line)?.[1] ?? null;
    else if (line.trimEnd().endsWith(marks)) marks = null;
  }
  return marks !== null;
}
