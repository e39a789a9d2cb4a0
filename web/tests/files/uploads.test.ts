import { describe, expect, it } from 'vitest';
import type { Sending, Stored } from '../../src/files/transport';
import { Uploads } from '../../src/files/uploads';
import type { RoomId } from '../../src/wire/types';

const lobby = 'lobby' as RoomId, dev = 'dev' as RoomId;
const turn = () => new Promise((resolve) => setTimeout(resolve));

class Wire {
  readonly sent: { name: string; cid: string; progress: (part: number) => void; answer: (answer: Stored | string) => void; cancelled: boolean }[] = [];
  readonly removed: string[] = [];
  somebody = true;
  keys = 0;
  readonly uploads = new Uploads<string>({
    nextCid: () => `cid-${++this.keys}`,
    isSomebody: () => this.somebody,
    prepare: async (source) => {
      if (source === 'unreadable') throw new Error(source);
      return source === 'image' ? { bytes: source, width: 8, height: 6 } : { bytes: source };
    },
    transport: {
      send: (_room, name, _bytes, cid, progress): Sending => {
        let answer!: (answer: Stored | string) => void;
        const done = new Promise<Stored | string>((resolve) => (answer = resolve));
        const one = { name, cid, progress, answer, cancelled: false };
        this.sent.push(one);
        return { done, cancel: () => ((one.cancelled = true), answer('cancelled')) };
      },
      fetch: async () => null,
      remove: (path) => void this.removed.push(path),
    },
  });

  add(...names: string[]): void {
    this.uploads.add(lobby, names.map((name) => ({ name, size: 5, source: name })), 10);
  }

  states(): string[] {
    return this.uploads.of(lobby).map(({ state }) => state);
  }

  arrive(at: number, type = 'application/octet-stream'): void {
    const { name, answer } = this.sent[at]!;
    answer({ path: `/api/v1/files/${name}/${name}`, name, type, size: 5 });
  }
}

describe('uploads', () => {
  it('go out three at once, and the next when one is there', async () => {
    const wire = new Wire();
    wire.add('a', 'b', 'c', 'd');
    await turn();
    expect(wire.sent.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    wire.sent[1]!.progress(0.5);
    expect(wire.uploads.of(lobby)[1]!.progress).toBe(0.5);
    wire.arrive(1);
    await turn();
    expect(wire.states()).toEqual(['sending', 'done', 'sending', 'sending']);
    expect(wire.uploads.of(dev)).toEqual([]);
  });

  it('say what a message says of them: an image only where both sides take it for one', async () => {
    const wire = new Wire();
    wire.add('image', 'image', 'x');
    await turn();
    wire.arrive(0, 'image/png');
    wire.arrive(1);
    wire.arrive(2, 'image/png');
    await turn();
    expect(wire.uploads.of(lobby).map(({ markdown }) => markdown)).toEqual([
      '![image](/api/v1/files/image/image#8x6)', '[image](/api/v1/files/image/image#bytes=5)', '[x](/api/v1/files/x/x#bytes=5)',
    ]);
    wire.uploads.said(wire.uploads.of(lobby).map(({ key }) => key));
    expect([wire.states(), wire.removed]).toEqual([[], []]);
  });

  it('are tried again under the same id', async () => {
    const wire = new Wire();
    wire.add('a');
    await turn();
    wire.sent[0]!.answer('unreachable');
    await turn();
    expect(wire.uploads.of(lobby)[0]).toMatchObject({ state: 'failed', code: 'unreachable' });
    wire.uploads.retry('cid-1');
    await turn();
    expect(wire.sent.map(({ cid }) => cid)).toEqual(['cid-1', 'cid-1']);
    expect(wire.states()).toEqual(['sending']);
  });

  it('are given up at any moment, and nothing of them stays on the server', async () => {
    const wire = new Wire();
    wire.add('a', 'b', 'c', 'd');
    wire.uploads.remove('cid-2'); // being looked at
    await turn();
    expect(wire.sent.map(({ name }) => name)).toEqual(['a', 'c', 'd']);
    wire.uploads.remove('cid-1'); // on its way
    expect(wire.sent[0]!.cancelled).toBe(true);
    wire.arrive(1);
    await turn();
    wire.uploads.remove('cid-3'); // there
    await turn();
    expect(wire.removed).toEqual(['/api/v1/files/c/c']);
    expect(wire.states()).toEqual(['sending']);
  });

  it('fail at once where they are too large or cannot be read, and stand in nobody’s way', async () => {
    const wire = new Wire();
    wire.uploads.add(lobby, [{ name: 'large', size: 11, source: 'large' }, { name: 'x', size: 1, source: 'unreadable' }, { name: 'y', size: 1, source: 'y' }], 10);
    await turn();
    expect(wire.uploads.of(lobby).map(({ state, code }) => code ?? state)).toEqual(['file_too_large', 'unreadable', 'sending']);
  });

  it('are dropped, whatever became of them, when somebody else sits down', async () => {
    const wire = new Wire();
    wire.add('a', 'b', 'c', 'd');
    await turn();
    wire.arrive(0);
    await turn();
    wire.uploads.forget();
    await turn();
    expect(wire.states()).toEqual([]);
    expect(wire.sent.map(({ cancelled }) => cancelled)).toEqual([false, true, true, true]);
    expect(wire.removed).toEqual([]);
  });

  it('wait until one is somebody', async () => {
    const wire = new Wire();
    wire.somebody = false;
    wire.add('a');
    await turn();
    expect(wire.states()).toEqual(['waiting']);
    wire.somebody = true;
    wire.uploads.pump();
    await turn();
    expect(wire.states()).toEqual(['sending']);
  });
});
