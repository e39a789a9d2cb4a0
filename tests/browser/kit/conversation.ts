import type { Harbour } from './harbour';
import type { Person } from './person';
import type { WsClient } from './ws-client';

/** Says so many things, as fast as it goes, and gives the seq of each. */
export async function say(who: WsClient, count: number, body: (n: number) => string): Promise<number[]> {
  const run = `say-${who.frames.length}`;
  for (let n = 0; n < count; n++) who.send({ op: 'send', cid: `${run}-${n}`, room: '#lobby', body: body(n) });
  await who.receives('ok', (ok) => ok['cid'] === `${run}-${count - 1}`);
  return who.frames.filter((frame) => frame.op === 'ok' && String(frame['cid']).startsWith(run)).map((ok) => ok['seq'] as number);
}

/** A server, and two people who see each other's first message. */
export async function two(harbour: Harbour) {
  const server = await harbour.server();
  const ana = await harbour.person(server);
  await ana.introduce('ana', 'from ana');
  const hana = await harbour.person(server);
  await hana.introduce('hana', 'from hana');
  await ana.sees('from hana', 'ok');
  return { server, ana, hana };
}

/** The test id, or else the tag, of what has the focus. */
export const focused = (person: Person) => person.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.tagName.toLowerCase());

export const seqOf = async (person: Person, body: string) => Number(await person.message(body).getAttribute('data-seq'));
