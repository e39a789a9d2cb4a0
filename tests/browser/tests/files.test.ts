import { text as textOf } from 'node:stream/consumers';
import type { Route } from 'playwright-core';
import type { Person } from '../kit/person';
import { expect, test } from '../kit/test';

/** A JPEG of 3 × 2 pixels that the browser itself makes, with a place written into it. */
async function jpegWithPlace(person: Person): Promise<Buffer> {
  const plain = Buffer.from(await person.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(3, 2);
    canvas.getContext('2d')!.fillRect(0, 0, 3, 2);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())];
  }));
  const place = Buffer.from('Exif\0\0GPS 35.6586 N 139.7454 E', 'latin1');
  return Buffer.concat([plain.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, place.length + 2]), place, plain.subarray(2)]);
}

/** A PNG of this size, in one colour. */
async function png(person: Person, width: number, height: number): Promise<Buffer> {
  return Buffer.from(await person.page.evaluate(async ([width, height]) => {
    const canvas = new OffscreenCanvas(width!, height!);
    const context = canvas.getContext('2d')!;
    const sky = context.createLinearGradient(0, 0, 0, height!);
    sky.addColorStop(0, '#f6c28b');
    sky.addColorStop(0.55, '#d9798b');
    sky.addColorStop(1, '#1f5a7a');
    context.fillStyle = sky;
    context.fillRect(0, 0, width!, height!);
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  }, [width, height]));
}

async function choose(person: Person, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await person.page.getByTestId('attach-input').setInputFiles(files);
}

const chips = (person: Person) => person.page.getByTestId('file-chip');
const picture = (person: Person) => person.page.getByTestId('picture').locator('img');
const text = (name: string, content = name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

/** Beside a file, whose name is text of the body as well. */
async function says(person: Person, words: string): Promise<void> {
  await expect.poll(() => person.messages.filter({ hasText: words }).getAttribute('data-state')).toBe('ok');
}

async function states(person: Person): Promise<(string | null)[]> {
  return await chips(person).evaluateAll((all) => all.map((one) => one.getAttribute('data-state')));
}

/** Something let go over the room, or pasted into the composer, as the browser tells the page of it. */
async function give(person: Person, how: 'drop' | 'paste', name: string, bytes: Buffer, type: string): Promise<void> {
  await person.page.evaluate(({ how, name, bytes, type }) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name, { type }));
    const composer = document.querySelector<HTMLElement>('[data-testid=composer]')!;
    const event = how === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
      : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    (how === 'drop' ? document.querySelector('[data-testid=log]')! : composer).dispatchEvent(event);
  }, { how, name, bytes: [...bytes], type });
}

test('an image that is pasted or dropped goes out with the text, and others and a reload see it', async ({ harbour }) => {
  const server = await harbour.server();
  const ann = await harbour.person(server);
  const ben = await harbour.person(server);
  await ann.introduce('ann', 'hello');
  await give(ann, 'paste', 'pasted.png', await png(ann, 800, 600), 'image/png');
  await give(ann, 'drop', 'dropped.jpg', await jpegWithPlace(ann), 'image/jpeg');
  await expect.poll(() => states(ann)).toEqual(['done', 'done']);
  await ann.write('the harbour');
  await expect.poll(() => chips(ann).count()).toBe(0);
  for (const person of [ann, ben]) {
    await expect.poll(() => picture(person).count()).toBe(2);
    await expect.poll(() => picture(person).first().evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([800, 600]);
    await expect.poll(() => person.bodies()).toEqual(['hello', 'the harbour']);
  }
  expect(await picture(ann).first().boundingBox()).toMatchObject({ width: 480, height: 360 });
  // What the camera wrote stayed here.
  const stored = await ben.page.evaluate(async () => {
    const paths = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('/dropped.jpg'));
    return await (await fetch(paths[0]!)).text();
  });
  expect(stored).toContain('JFIF');
  expect(stored).not.toContain('GPS');
  await ann.page.reload();
  await expect.poll(() => picture(ann).count()).toBe(2);
});

test('other files are a card, which saves what was sent', async ({ harbour }) => {
  const server = await harbour.server();
  const ann = await harbour.person(server);
  await ann.introduce('ann', 'hello');
  await choose(ann, text('plan [final].txt', 'the plan'));
  await expect.poll(() => states(ann)).toEqual(['done']);
  // Without a word.
  await ann.page.getByTestId('send').click();
  const card = ann.page.getByTestId('file-card');
  await card.waitFor();
  await expect.poll(() => card.textContent()).toContain('plan [final].txt');
  const [download] = await Promise.all([ann.page.waitForEvent('download'), card.click()]);
  expect(download.suggestedFilename()).toBe('plan [final].txt');
  expect(await textOf(await download.createReadStream())).toBe('the plan');
});

test('a message waits for its files, can be written on meanwhile, and goes by itself', async ({ harbour }) => {
  const server = await harbour.server();
  const ann = await harbour.person(server);
  await ann.introduce('ann', 'hello');
  const held: Route[] = [];
  await ann.page.route('**/files?*', (route) => void held.push(route));
  await choose(ann, text('a.txt'));
  await expect.poll(() => held.length).toBe(1);
  expect(await states(ann)).toEqual(['sending']);
  await ann.write('look');
  await ann.page.getByTestId('held').waitFor();
  await ann.composer.press('End');
  await ann.composer.pressSequentially(' here');
  await held[0]!.continue();
  await says(ann, 'look here');
  await ann.page.getByTestId('file-card').waitFor();
  await expect.poll(() => ann.composer.inputValue()).toBe('');
  await expect.poll(() => ann.messages.count()).toBe(2);
});

test('a message that waits for its files goes out while another room is looked at', async ({ harbour }) => {
  const server = await harbour.server();
  const ann = await harbour.person(server);
  await ann.introduce('ann', 'hello');
  await ann.createRoom('dev');
  await ann.open('lobby');
  const held: Route[] = [];
  await ann.page.route('**/files?*', (route) => void held.push(route));
  await choose(ann, text('a.txt'));
  await expect.poll(() => held.length).toBe(1);
  await ann.write('look');
  await ann.page.getByTestId('held').waitFor();
  await ann.open('dev');
  const bob = await harbour.person(server);
  await held[0]!.continue();
  await says(bob, 'look');
  await ann.open('lobby');
  await says(ann, 'look');
  expect([await ann.composer.inputValue(), await chips(ann).count(), await ann.messages.count()]).toEqual(['', 0, 2]);
});

test('a file that fails keeps the message back until it is tried again or taken out', async ({ harbour }) => {
  const server = await harbour.server();
  const ann = await harbour.person(server);
  await ann.introduce('ann', 'hello');
  let fails = true;
  await ann.page.route('**/files?*', (route) => (fails
    ? route.fulfill({ status: 507, contentType: 'application/problem+json', body: '{"title":"x","status":507,"code":"storage_full","detail":"x"}' }) : route.continue()));
  harbour.faults.allow(/507/u);
  await choose(ann, text('a.txt'), text('b.txt'));
  await expect.poll(() => states(ann)).toEqual(['failed', 'failed']);
  await ann.write('two files');
  await ann.page.getByTestId('files-failed').waitFor();
  await expect.poll(() => ann.messages.count()).toBe(1);
  fails = false;
  await chips(ann).first().getByTestId('file-retry').click();
  await chips(ann).last().getByTestId('file-remove').click();
  await expect.poll(() => states(ann)).toEqual(['done']);
  await ann.page.getByTestId('files-failed').waitFor({ state: 'detached' });
  await ann.composer.press('Enter');
  await says(ann, 'two files');
  await expect.poll(() => ann.page.getByTestId('file-card').allTextContents()).toEqual([expect.stringContaining('a.txt')]);
});

test('one on its way is given up, one that is too large never goes, and chips stay with their room', async ({ harbour }) => {
  const server = await harbour.server();
  const ann = await harbour.person(server);
  await ann.introduce('ann', 'hello');
  await ann.createRoom('dev');
  const aborted: string[] = [];
  ann.page.on('requestfailed', (request) => aborted.push(request.url()));
  const held: Route[] = [];
  await ann.page.route('**/files?*', (route) => void held.push(route));
  await choose(ann, text('a.txt'));
  await expect.poll(() => held.length).toBe(1);
  await ann.open('lobby');
  await expect.poll(() => chips(ann).count()).toBe(0);
  // Made where it is chosen: so much takes long on its way through the browser's tools.
  await ann.page.getByTestId('attach-input').evaluate((input) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([new Uint8Array(25 * 1024 * 1024 + 1)], 'film.mov', { type: 'video/quicktime' }));
    (input as HTMLInputElement).files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await expect.poll(() => states(ann)).toEqual(['failed']);
  await expect.poll(() => chips(ann).textContent()).toContain('26 MB');
  await ann.open('dev');
  expect(await states(ann)).toEqual(['sending']);
  await chips(ann).getByTestId('file-remove').click();
  await expect.poll(() => aborted.length).toBe(1);
  await expect.poll(() => chips(ann).count()).toBe(0);
  expect(held.length).toBe(1);
});

test('a thread takes files of its own, by the button and dropped on it', async ({ harbour }) => {
  const server = await harbour.server();
  const ann = await harbour.person(server);
  await ann.introduce('ann', 'hello');
  await ann.act(ann.message('hello'), 'menu-thread');
  const pane = ann.page.getByTestId('thread');
  await pane.getByTestId('attach-input').setInputFiles([text('one.txt')]);
  await pane.evaluate((pane) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['two'], 'two.txt', { type: 'text/plain' }));
    pane.querySelector('[role=log]')!.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await expect.poll(() => pane.getByTestId('file-chip').evaluateAll((all) => all.map((one) => one.getAttribute('data-state')))).toEqual(['done', 'done']);
  await expect.poll(() => chips(ann).count(), { message: 'none of them is the room’s' }).toBe(2);
  await pane.getByTestId('composer').fill('these');
  await pane.getByTestId('send').click();
  await expect.poll(() => pane.getByTestId('file-card').allTextContents()).toEqual([expect.stringContaining('one.txt'), expect.stringContaining('two.txt')]);
  await expect.poll(() => chips(ann).count()).toBe(0);
  await expect.poll(() => ann.composer.first().inputValue()).toBe('');
});

test('who is nobody yet is asked for a name before a file makes them somebody', async ({ harbour }) => {
  const server = await harbour.server();
  const ann = await harbour.person(server);
  await choose(ann, text('a.txt'));
  await expect.poll(() => states(ann)).toEqual(['waiting']);
  await ann.write('my first');
  await ann.page.getByTestId('name-input').fill('ann');
  await ann.page.getByTestId('name-confirm').click();
  await says(ann, 'my first');
  await ann.page.getByTestId('file-card').waitFor();
  await expect.poll(() => ann.log.getByText('ann', { exact: true }).count()).toBe(1);
});

test('who is banned sees no more of a file, and an account has it by its cookie', async ({ harbour }) => {
  const server = await harbour.server('--access', 'accounts');
  const ann = await harbour.owner(server, 'ann');
  const invitation = await ann.invite();
  const ben = await harbour.stranger(server, invitation);
  await ben.signUp('ben', 'ben and a password');
  await choose(ann, { name: 'sea.png', mimeType: 'image/png', buffer: await png(ann, 80, 60) });
  await ann.write('the sea');
  await ben.sees('the sea');
  await expect.poll(() => picture(ben).count()).toBe(1);
  const path = await ben.page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).find((name) => name.includes('/files/')));
  const status = (person: Person) => person.page.evaluate(async (path) => (await fetch(path!)).status, path);
  expect(await status(ben)).toBe(200);
  harbour.faults.allow(/404/u);
  await ann.details();
  await ann.approach('ben');
  await ann.really('ban');
  await expect.poll(() => status(ben)).toBe(404);
  expect(await status(ann)).toBe(200);
});

test('an image opens large, its neighbours by the arrows, and Escape goes back to where one was', async ({ harbour }) => {
  const server = await harbour.server();
  const ann = await harbour.person(server);
  await ann.introduce('ann', 'hello');
  await choose(ann, { name: 'one.png', mimeType: 'image/png', buffer: await png(ann, 400, 300) }, { name: 'two.png', mimeType: 'image/png', buffer: await png(ann, 300, 400) });
  await expect.poll(() => states(ann)).toEqual(['done', 'done']);
  await ann.page.getByTestId('send').click();
  await expect.poll(() => picture(ann).count()).toBe(2);
  const first = ann.page.getByTestId('picture').first().getByRole('button');
  await first.focus();
  await first.press('Enter');
  const viewer = ann.page.getByTestId('viewer');
  await viewer.locator('img').waitFor();
  await expect.poll(() => viewer.textContent()).toContain('1 of 2');
  await ann.page.keyboard.press('ArrowRight');
  await expect.poll(() => viewer.getAttribute('aria-label')).toBe('two.png');
  await ann.page.keyboard.press('ArrowRight');
  await ann.page.keyboard.press('ArrowLeft');
  await expect.poll(() => viewer.getAttribute('aria-label')).toBe('one.png');
  await ann.page.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });
  await expect.poll(() => first.evaluate((button) => button === document.activeElement)).toBe(true);
});
