import { EmojiIndex } from './emoji-index';
import { readEmoji } from './read-emoji';

let loading: Promise<EmojiIndex> | null = null;

/** Fetched at the first call and kept. A fetch that failed is tried again at the next. */
export function loadEmoji(): Promise<EmojiIndex> {
  loading ??= import('virtual:emoji').then(
    (data) => new EmojiIndex(readEmoji(data.default)),
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}
