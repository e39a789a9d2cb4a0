import { expect, test } from 'vitest';
import tokens from '../../src/view/style/tokens.css?raw';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const [light, dark] = tokens.split('@media (prefers-color-scheme: dark)').map(read) as [Map<string, Colour>, Map<string, Colour>];

/** The tokens of a theme that are colours written as hexadecimals. */
function read(css: string): Map<string, Colour> {
  return new Map([...css.matchAll(/--([\w-]+): #([0-9a-f]{6})([0-9a-f]{2})?;/gu)].map(([, name, rgb, alpha]) => [name!, colour(rgb!, alpha ?? 'ff')]));
}

function colour(rgb: string, alpha: string): Colour {
  const [red, green, blue] = [0, 2, 4].map((at) => parseInt(rgb.slice(at, at + 2), 16)) as [number, number, number];
  return [red, green, blue, parseInt(alpha, 16) / 255];
}

function over(top: Colour, ground: Colour): Colour {
  const mix = (i: 0 | 1 | 2) => top[i] * top[3] + ground[i] * (1 - top[3]);
  return [mix(0), mix(1), mix(2), 1];
}

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
function luminance([red, green, blue]: Colour): number {
  const [r, g, b] = [red, green, blue].map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Colour, b: Colour): number {
  const [brighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (brighter + 0.05) / (darker + 0.05);
}

const grounds = ['paper', 'shore', 'raised'];
const washes = [null, 'hover', 'pressed', 'accent-soft', 'alert-soft'];
const texts = ['ink', 'ink-soft', 'ink-faint', 'accent', 'alert'];

test.each([['light', light], ['dark', dark]] as const)('text can be read on every ground of the %s theme (WCAG 1.4.3)', (_, theme) => {
  const weak: string[] = [];
  for (const ground of grounds) for (const wash of washes) for (const text of texts) {
    const below = wash === null ? theme.get(ground)! : over(theme.get(wash)!, theme.get(ground)!);
    const ratio = contrast(theme.get(text)!, below);
    if (ratio < 4.5) weak.push(`${text} on ${wash ?? ''} ${ground}: ${ratio.toFixed(2)}`);
  }
  expect(weak).toEqual([]);
  expect(contrast(theme.get('accent-ink')!, theme.get('accent')!)).toBeGreaterThanOrEqual(4.5);
});

test.each([['light', light], ['dark', dark]] as const)('what is no text, and says something, can be told from its ground in the %s theme (WCAG 1.4.11)', (_, theme) => {
  for (const ground of grounds) for (const mark of ['accent', 'alert', 'here']) {
    expect(contrast(theme.get(mark)!, theme.get(ground)!), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
  }
});

test('the ratio is that of the guidelines: black on white is 21, and #777 on white just too weak', () => {
  expect(contrast(colour('000000', 'ff'), colour('ffffff', 'ff'))).toBeCloseTo(21);
  expect(contrast(colour('777777', 'ff'), colour('ffffff', 'ff'))).toBeCloseTo(4.48, 2);
});
