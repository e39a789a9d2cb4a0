import { generate } from 'lean-qr';
import { createMemo } from 'solid-js';

/** Modules of white around it, without which readers do not find it: ISO/IEC 18004 says four. */
const quiet = 4;

/** Black on white in the dark, too: many readers take nothing else. */
export default function QrCode(props: { text: string; label: string }) {
  const drawing = createMemo(() => {
    const code = generate(props.text);
    let path = '';
    for (let y = 0; y < code.size; y++)
      for (let x = 0; x < code.size; x++)
        if (code.get(x, y)) path += `M${x + quiet} ${y + quiet}h1v1h-1z`;
    return { path, size: code.size + 2 * quiet };
  });
  return (
    <svg class="qr" role="img" aria-label={props.label} data-testid="qr" viewBox={`0 0 ${drawing().size} ${drawing().size}`} shape-rendering="crispEdges">
      <rect width="100%" height="100%" fill="#fff" />
      <path d={drawing().path} fill="#000" />
    </svg>
  );
}
