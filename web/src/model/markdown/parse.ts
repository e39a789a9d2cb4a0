import { findBlocks } from './blocks';
import { noNames, type KnownNames } from './known-names';
import { Steps } from './steps';
import type { Block } from './tree';

/**
 * The markdown of messages: a small part of CommonMark, with fewer surprises. What is not clearly markup stays text, and nothing that
 * was written is lost. Linear in the text, whatever it is.
 */
export function parse(text: string, known: KnownNames = noNames, steps = new Steps()): readonly Block[] {
  return findBlocks(text.split('\n'), 0, known, steps);
}
