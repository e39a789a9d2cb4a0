import type { Prepared } from '../../../files/uploads';
import { stripJpeg } from '../../../files/strip-jpeg';

/** A JPEG goes out without what its camera wrote into it; an image's size is told, so that nothing jumps where it is shown. */
export async function prepare(source: Blob): Promise<Prepared<Blob>> {
  const bytes = await strip(source);
  if (!source.type.startsWith('image/')) return { bytes };
  try {
    const image = await createImageBitmap(bytes);
    const size = { width: image.width, height: image.height };
    image.close();
    return { bytes, ...size };
  } catch {
    return { bytes };
  }
}

/** Told by its bytes: a picture that is called otherwise tells as much. */
async function strip(source: Blob): Promise<Blob> {
  const start = new Uint8Array(await source.slice(0, 3).arrayBuffer());
  if (start[0] !== 0xff || start[1] !== 0xd8 || start[2] !== 0xff) return source;
  const stripped = stripJpeg(new Uint8Array(await source.arrayBuffer()));
  return stripped === null ? source : new Blob([stripped], { type: source.type });
}
