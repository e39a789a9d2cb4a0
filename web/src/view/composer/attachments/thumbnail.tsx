import { createResource, Show } from 'solid-js';
import { FileIcon } from '../../icons';

/** CSS pixels of a side; drawn at twice as many, for fine screens. */
const side = 40;

/** A small copy of an image, drawn once; of anything else its sign. */
export function Thumbnail(props: { source: Blob }) {
  const [drawn] = createResource(() => props.source, draw);
  return <span class="thumbnail" aria-hidden="true"><Show when={drawn()} fallback={<FileIcon />}>{(canvas) => canvas()}</Show></span>;
}

async function draw(source: Blob): Promise<HTMLCanvasElement | null> {
  if (!source.type.startsWith('image/')) return null;
  try {
    const image = await createImageBitmap(source);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = side * 2;
    const scale = Math.max(canvas.width / image.width, canvas.height / image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    canvas.getContext('2d')!.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
    image.close();
    return canvas;
  } catch {
    return null;
  }
}
