import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from './kit/test';
import { Terminal } from './kit/terminal';

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));

test('first light: the page beside a telnet session, one conversation', async ({ harbour }) => {
  const server = await harbour.server();
  const maria = await harbour.line(server, 'maria');
  maria.say('/join #lobby', '/topic みんなの港 — 誰でもどうぞ');
  await maria.hears(/set the topic/u);
  const sakura = await harbour.person(server, { locale: 'ja-JP', timezoneId: whereItIsMorning(), viewport: { width: 1200, height: 700 } });
  const terminal = await Terminal.open(server);
  harbour.atEnd(() => terminal.close());
  terminal.type('/nick ken');
  await terminal.shows('* You are ken now.');

  const both = async (text: string) => {
    await sakura.sees(text, 'ok');
    await terminal.shows(text.split('\n').at(-1)!);
  };
  const mariaSays = async (text: string) => (maria.say(text), await both(text));
  const kenSays = async (text: string) => (terminal.type(text), await both(text));
  const sakuraSays = async (text: string) => {
    await sakura.write(text);
    await both(text);
  };
  await mariaSays('Good morning from Lisbon! Anybody on deck?');
  await sakura.introduce('さくら', 'おはようございます！ブラウザから見えています。');
  await kenSays('Good morning! Here it is plain old telnet.');
  await sakuraSays('telnet、懐かしい。日本語も届いていますか？');
  await kenSays('はい、きれいに見えています。');
  await mariaSays('Same port, too: nothing to install, nothing to set up.');
  await kenSays('Lunch at 12:30? The noodle place by the pier: https://example.org/menu');
  await sakuraSays('賛成です！\n海の見える席を三人分、予約しておきますね。');
  await mariaSays('See you there. I bring the pastéis de nata.');

  // Something is going on elsewhere, too.
  for (const room of ['dev', '写真部']) {
    maria.say(`/join #${room}`);
    await maria.hears(`* You made #${room}.`);
    await sakura.page.getByTestId('directory').click();
    await sakura.page.locator(`[data-testid=directory-enter][data-slug="${room}"]`).click();
    await sakura.room(room).waitFor();
  }
  await sakura.open('lobby');
  maria.say('/join #dev', 'The build is green.', 'All suites, both databases.', '/msg さくら 写真、見ましたよ');
  await sakura.page.getByTestId('room').filter({ hasText: 'maria' }).getByTestId('unread').waitFor();
  await sakura.composer.fill('では、港で');

  const page = await sakura.page.screenshot({ animations: 'disabled' });
  const composer = await (await harbour.device({ viewport: { width: 1560, height: 800 } })).newPage();
  await composer.setContent(composition(page, terminal.screen.trimEnd()));
  await composer.locator('img').evaluate((image) => (image as HTMLImageElement).decode());
  mkdirSync(images, { recursive: true });
  await composer.screenshot({ path: `${images}first-light.png` });
});

/** A zone in which it is between nine and ten: people say good morning. Its sign is POSIX's: `Etc/GMT-9` is nine hours ahead. */
function whereItIsMorning(): string {
  const behind = (new Date().getUTCHours() - 9 + 24) % 24;
  const west = behind > 12 ? behind - 24 : behind;
  return `Etc/GMT${west < 0 ? '-' : '+'}${Math.abs(west)}`;
}

function composition(page: Buffer, screen: string): string {
  const escaped = screen.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html><style>
    body { margin: 0; height: 100vh; background: #d5e3e8; position: relative; overflow: hidden; }
    img, section { position: absolute; border-radius: 12px; box-shadow: 0 10px 30px #0c233040, 0 1px 4px #0c233030; }
    img { left: 40px; top: 50px; width: 1200px; height: 700px; }
    section { right: 40px; top: 124px; width: 600px; background: #10191f; color: #cfdde3; overflow: hidden; }
    header { padding: 8px 14px; background: #1b2830; font: 13px/1.4 "Noto Sans CJK JP", sans-serif; color: #8fa4ae; text-align: center; }
    header i { float: left; width: 11px; height: 11px; margin: 4px 7px 0 0; border-radius: 50%; background: #3a4c56; }
    pre { margin: 0; padding: 10px 16px 14px; font: 13px/1.5 "DejaVu Sans Mono", "Noto Sans Mono CJK JP", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
    b { display: inline-block; width: 8px; height: 15px; background: #63bcd9; vertical-align: text-bottom; }
  </style><img src="data:image/png;base64,${page.toString('base64')}"><section><header><i></i><i></i><i></i>telnet</header><pre>${escaped}
<b></b></pre></section>`;
}
