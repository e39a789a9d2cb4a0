export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What a picture says of itself before anybody decodes it, in pixels. Null: it is none of PNG, JPEG, GIF, WebP and AVIF, or cannot be read. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = sizeOf(view);
    return size !== null && size.width > 0 && size.height > 0 ? size : null;
  } catch (error) {
    // It ends before its header does.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function sizeOf(view: DataView): PictureSize | null {
  if (view.getUint32(0) === 0x89504e47) return textAt(view, 12) === 'IHDR' ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
  if (view.getUint16(0) === 0xffd8) return sizeOfJpeg(view);
  if (textAt(view, 0) === 'GIF8') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (textAt(view, 0) === 'RIFF' && textAt(view, 8) === 'WEBP') return sizeOfWebP(view);
  return textAt(view, 4) === 'ftyp' ? sizeOfAvif(view) : null;
}

// frame header = 0xFF SOFn length(2) precision(1) height(2) width(2)       https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2
function sizeOfJpeg(view: DataView): PictureSize | null {
  for (let at = 2;;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    // SOF0 to SOF15; among them stand tables of Huffman codes, an extension and arithmetic coding.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    const length = view.getUint16(at + 2);
    if (length < 2 || marker === 0xda) return null;
    at += 2 + length;
  }
}

// https://developers.google.com/speed/webp/docs/riff_container; VP8: RFC 6386, 9.1
function sizeOfWebP(view: DataView): PictureSize | null {
  switch (textAt(view, 12)) {
    case 'VP8 ': return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X': return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 };
    default: return null;
  }
}

/** Of all that it holds the largest: one may be put together of tiles. Where it moves (`moov`), its size stands elsewhere, and nobody says it here. */
function sizeOfAvif(view: DataView): PictureSize | null {
  const top = boxes(view, 0, view.byteLength);
  const meta = top.find(({ type }) => type === 'meta');
  if (meta === undefined || top.some(({ type }) => type === 'moov')) return null;
  // What belongs to `meta` begins behind its version and flags.
  const within = (type: string, outer: Box, skip = 0) => boxes(view, outer.from + skip, outer.end).filter((box) => box.type === type);
  const sizes = within('iprp', meta, 4).flatMap((iprp) => within('ipco', iprp)).flatMap((ipco) => within('ispe', ipco))
    .map(({ from }) => ({ width: view.getUint32(from + 4), height: view.getUint32(from + 8) }));
  return sizes.reduce<PictureSize | null>((most, size) => (most === null || size.width * size.height > most.width * most.height ? size : most), null);
}

interface Box {
  readonly type: string;
  /** Of what it holds. */
  readonly from: number;
  readonly end: number;
}

/** Boxes that a file may have at one level, far more than any picture. */
const mostBoxes = 4_096;

// box = size(4) type(4) [ size(8) ] content; a size of 0 reaches to the end       ISO/IEC 14496-12, 4.2
function boxes(view: DataView, from: number, end: number): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= end && found.length < mostBoxes;) {
    const short = view.getUint32(at);
    const header = short === 1 ? 16 : 8;
    const size = short === 0 ? end - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (size < header || at + size > end) throw new RangeError('A box is longer than what it stands in.');
    found.push({ type: textAt(view, at + 4), from: at + header, end: at + size });
    at += size;
  }
  return found;
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
