import { expect, test } from '../kit/test';

const each = 12;

test('line clients, a program and a browser see the same messages in the same order', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  const ben = await harbour.line(server, 'ben');
  const bot = await harbour.program(server, 'bot');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'hello');
  const { room } = await bot.ask({ op: 'join', cid: 'join', room: '#lobby' });

  const numbers = Array.from({ length: each }, (_, n) => n);
  const speak = {
    ana: (n: number) => ana.say(`ana ${n}`),
    ben: (n: number) => ben.say(`ben ${n}`),
    bot: (n: number) => bot.send({ op: 'send', cid: `bot-${n}`, room, body: `bot ${n}` }),
  };
  for (const n of numbers) {
    for (const say of Object.values(speak)) say(n);
    await hana.write(`hana ${n}`);
  }
  for (const name of ['ana', 'ben', 'bot', 'hana']) await hana.sees(`${name} ${each - 1}`, 'ok');

  const seen = (await hana.bodies()).slice(1);
  expect(seen).toHaveLength(4 * each);
  expect(new Set(seen).size).toBe(4 * each);
  const byAna = () => ana.heard.flatMap((line) => /^#lobby <\w+> (\w+ \d+)$/u.exec(line)?.[1] ?? []);
  const byBen = () => ben.heard.flatMap((line) => /^#lobby <\w+> (\w+ \d+)$/u.exec(line)?.[1] ?? []);
  const byBot = () => bot.frames.filter((frame) => frame.op === 'ev' && frame['type'] === 'post').map((frame) => frame['body']);
  await expect.poll(byAna).toEqual(seen);
  await expect.poll(byBen).toEqual(seen);
  await expect.poll(() => byBot().filter((body) => body !== 'hello')).toEqual(seen);
  expect(await ana.history()).toEqual(['<hana> hello', ...seen.map((body) => `<${body.split(' ')[0]}> ${body}`)]);
});

test('a visitor who has said nothing yet sees the conversation', async ({ harbour }) => {
  const server = await harbour.server();
  const ana = await harbour.line(server, 'ana');
  ana.say('before');
  await ana.hears('#lobby <ana> before');
  const visitor = await harbour.person(server);
  await visitor.sees('before');
  ana.say('while you watch');
  await visitor.sees('while you watch');
});
