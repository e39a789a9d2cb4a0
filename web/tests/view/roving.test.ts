import { expect, test } from 'vitest';
import { settleAdded } from '../../src/view/room/roving';

/** Counts how often it is looked through. */
class Piece {
  readonly nodeType = 1;
  readonly parentElement: Piece | null;
  readonly children: Piece[] = [];
  looks = 0;
  tabIndex = 0;

  constructor(parent: Piece | null, readonly isStop: boolean) {
    this.parentElement = parent;
    parent?.children.push(this);
  }

  matches = () => this.isStop;
  closest = () => null;
  querySelectorAll(): Piece[] {
    this.looks++;
    return this.children.filter((child) => child.isStop);
  }
}

const added = (nodes: readonly Piece[]) => settleAdded(nodes.map((node) => ({ addedNodes: [node] as unknown as NodeList })));

test('Of thousands of pieces that come at once each is looked at once, and nothing around them', () => {
  const code = new Piece(null, false);
  const pieces = Array.from({ length: 5_000 }, () => new Piece(code, false));
  added(pieces);
  expect(code.looks).toBe(0);
  expect(pieces.every(({ looks }) => looks === 1)).toBe(true);
});

test('What came is no stop for Tab, whether it is one itself or has some in it', () => {
  const row = new Piece(null, true);
  const button = new Piece(row, true);
  added([row]);
  expect([row.tabIndex, button.tabIndex]).toEqual([-1, -1]);
});
