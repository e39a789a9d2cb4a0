import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Harbour } from './kit/harbour';
import type { MinatoServer } from './kit/minato-server';
import type { Person } from './kit/person';
import { settled } from './kit/settled';
import { test } from './kit/test';
import type { WsClient } from './kit/ws-client';

/** All of them, made by command; the few that the README shows are in the repository. */
const everything = process.env['MINATO_SCREENS'] ?? '/tmp/minato-screens';
const chosen = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** The README's, at some 90 KB each. */
const inRepository = new Set(['en-desktop-light', 'ja-desktop-light', 'ja-desktop-dark', 'ja-phone-light', 'en-phone-dark', 'en-tablet-light']);

const sizes = {
  desktop: { viewport: { width: 1280, height: 800 } },
  tablet: { viewport: { width: 820, height: 1100 } },
  phone: { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true },
} as const;

/** When everything was said: always the same morning, so that a picture changes only by what was changed. */
const said = { en: '9:41 AM', ja: '9:41' } as const;

interface Line {
  readonly by: 'maria' | 'ken' | 'yui';
  readonly body: string;
  /** The line that it answers, counted from 0. */
  readonly to?: number;
  readonly reactions?: readonly (readonly [emoji: string, by: 'maria' | 'ken' | 'yui'])[];
}

const conversations: Record<'en' | 'ja', { topic: string; rooms: string[]; lines: Line[]; draft: string }> = {
  en: {
    topic: 'Everybody’s harbour: come ashore',
    rooms: ['design', 'release', 'lunch'],
    draft: 'I will bring the',
    lines: [
      { by: 'maria', body: 'Good morning! The nightly build is green on both databases.', reactions: [['🎉', 'ken'], ['🎉', 'yui'], ['⚓', 'ken']] },
      { by: 'ken', body: 'Nice. Shall we cut the release today?' },
      { by: 'yui', body: 'One thing first: the pager test waits for a *clock*. This is what I would change:\n```ts\nconst due = clock.elapsed() + pause;\nif (due > limit) return \'later\';\n```' },
      { by: 'maria', body: 'Looks right to me, go ahead.', to: 2, reactions: [['👍', 'yui']] },
      { by: 'ken', body: '@hana could you read the changelog before noon? The draft is at https://example.org/changelog' },
    ],
  },
  ja: {
    topic: 'みんなの港 — 誰でもどうぞ',
    rooms: ['デザイン', 'リリース', 'ランチ'],
    draft: 'では、写真は私が',
    lines: [
      { by: 'maria', body: 'おはようございます！夜間ビルド、どちらのデータベースでも通りました。', reactions: [['🎉', 'ken'], ['🎉', 'yui'], ['⚓', 'ken']] },
      { by: 'ken', body: 'いいですね。今日リリースしましょうか？' },
      { by: 'yui', body: 'その前に一つだけ。ページャーのテストが時計を待っています。「**経過時間**」で比べませんか？\n```ts\nconst due = clock.elapsed() + pause;\nif (due > limit) return \'later\';\n```' },
      { by: 'maria', body: '賛成です。お願いします。', to: 2, reactions: [['👍', 'yui']] },
      { by: 'ken', body: '@hana お昼までに変更履歴を見てもらえますか？下書きはこちらです：https://example.org/changelog' },
    ],
  },
};

for (const language of ['en', 'ja'] as const) {
  test(`the page in ${language}, at three sizes, by day and by night`, { timeout: 240_000 }, async ({ harbour }) => {
    const server = await harbour.server();
    const hana = await seeded(harbour, server, language);
    const storageState = await hana.page.context().storageState();
    await hana.page.close();
    for (const [size, options] of Object.entries(sizes)) for (const colorScheme of ['light', 'dark'] as const) {
      const page = await (await harbour.device({ ...options, locale: language === 'ja' ? 'ja-JP' : 'en-US', colorScheme, storageState, deviceScaleFactor: 2 })).newPage();
      await page.goto(server.url);
      await page.getByTestId('body').getByText('example.org/changelog').waitFor();
      await page.getByTestId('composer').fill(conversations[language].draft);
      await page.evaluate(() => document.fonts.ready);
      for (const time of await page.locator('time').all()) await time.evaluate((element, said) => (element.textContent = said), said[language]);
      await settled(page);
      const name = `${language}-${size}-${colorScheme}`;
      await shoot(page, name);
      if (size === 'phone') {
        await page.getByTestId('menu').click();
        await settled(page);
        await shoot(page, `${name}-rooms`);
      } else if (size === 'desktop') {
        await page.getByTestId('people').click();
        await page.getByTestId('details').waitFor();
        await settled(page);
        await shoot(page, `${name}-details`);
      }
      await page.close();
    }
  });
}

async function shoot(page: Person['page'], name: string): Promise<void> {
  mkdirSync(everything, { recursive: true });
  const png = { animations: 'disabled', caret: 'hide' } as const;
  await page.screenshot({ ...png, path: `${everything}/${name}.png` });
  if (!inRepository.has(name)) return;
  mkdirSync(chosen, { recursive: true });
  // At its plain size: sharp enough beside a text, and small enough for every clone.
  await page.screenshot({ ...png, path: `${chosen}page-${name}.png`, scale: 'css' });
}

/** A server on which something is going on, and hana, who is in the middle of it. */
async function seeded(harbour: Harbour, server: MinatoServer, language: 'en' | 'ja'): Promise<Person> {
  const { topic, rooms, lines } = conversations[language];
  const hana = await harbour.person(server, { locale: language === 'ja' ? 'ja-JP' : 'en-US' });
  await hana.introduce('hana', language === 'ja' ? 'よろしくお願いします。' : 'Hello, everybody.');
  let cid = 0;
  const crew = {} as Record<Line['by'], WsClient>;
  for (const nick of ['maria', 'ken', 'yui'] as const) {
    crew[nick] = await harbour.program(server, nick);
    await crew[nick].ask({ op: 'join', cid: `c${++cid}`, room: '#lobby' });
  }
  const ask = (by: Line['by'], frame: { op: string; [field: string]: unknown }) => crew[by].ask({ ...frame, cid: `c${++cid}` });
  await ask('maria', { op: 'topic', room: '#lobby', topic });
  const seqs: number[] = [];
  for (const { by, body, to, reactions = [] } of lines) {
    const { seq } = await ask(by, { op: 'send', room: '#lobby', body, ...(to === undefined ? {} : { replyTo: seqs[to] }) });
    seqs.push(seq as number);
    for (const [emoji, who] of reactions) await ask(who, { op: 'react', room: '#lobby', seq, emoji, on: true });
  }
  for (const [i, slug] of rooms.entries()) {
    await ask('maria', { op: 'create', kind: 'public', slug, title: slug });
    await hana.page.getByTestId('directory').click();
    await hana.page.locator(`[data-testid=directory-enter][data-slug="${slug}"]`).click();
    await hana.room(slug).waitFor();
    await hana.open('lobby');
    for (let n = 0; n < i; n++) await ask('maria', { op: 'send', room: `#${slug}`, body: `${n + 1}` });
  }
  const { room } = await ask('yui', { op: 'direct', user: 'hana' });
  await ask('yui', { op: 'send', room, body: language === 'ja' ? 'あとで少しいいですか？' : 'Do you have a minute later?' });
  await hana.page.getByTestId('room').filter({ hasText: 'yui' }).getByTestId('unread').waitFor();
  return hana;
}
