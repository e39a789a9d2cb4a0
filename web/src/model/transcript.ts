export interface Said {
  readonly author: string;
  readonly time: string;
  readonly text: string;
}

/** Messages as they are pasted elsewhere: who said what, and when. */
export function transcript(said: readonly Said[]): string {
  return said.map(({ author, time, text }) => `${author} (${time}): ${text}`).join('\n');
}
