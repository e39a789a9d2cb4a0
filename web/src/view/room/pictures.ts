import type { FileTransport } from '../../files/transport';
import { pictureSize } from '../../files/picture-size';
import type { FileLink } from '../../model/file-link';

/** Pixels of a picture that is shown by itself, at four bytes each: the largest photo of most phones. A few kilobytes may hold a hundred times as many. */
const mostPixels = 50_000_000;

/** Where a picture is; `gone` where nobody gives it, `large` where whoever wants it is to fetch it themselves. */
export type Picture = { readonly url: string } | 'gone' | 'large';

export interface HeldPicture {
  readonly picture: Promise<Picture>;
  /** Once, by each who held it. */
  readonly letGo: () => void;
}

const held = new Map<string, { readonly picture: Promise<Picture>; holders: number }>();

/** However many messages name a file, it is fetched and decoded once, for as long as somebody shows it. */
export function holdPicture(files: FileTransport<Blob>, { id, path }: FileLink): HeldPicture {
  const one = held.get(id) ?? { picture: fetchPicture(files, path), holders: 0 };
  held.set(id, one);
  one.holders++;
  return {
    picture: one.picture,
    letGo() {
      if (--one.holders > 0) return;
      held.delete(id);
      // It may still be on its way.
      void one.picture.then((picture) => typeof picture === 'object' && URL.revokeObjectURL(picture.url));
    },
  };
}

/** Whether a browser can be asked to draw it, by what its header says: looked at before anything decodes it. */
export async function isShowable(bytes: Blob): Promise<boolean> {
  const size = pictureSize(new Uint8Array(await bytes.arrayBuffer()));
  return size !== null && size.width * size.height <= mostPixels;
}

async function fetchPicture(files: FileTransport<Blob>, path: string): Promise<Picture> {
  const bytes = await files.fetch(path);
  if (bytes === null) return 'gone';
  return await isShowable(bytes) ? { url: URL.createObjectURL(bytes) } : 'large';
}
