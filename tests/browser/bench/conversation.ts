import type { Page } from 'playwright-core';
import type { WsClient } from '../kit/ws-client';

export const words = 'harbour lights 港の灯り wind and water over the long pier ';

/** So many messages from all of them, of 0 to 240 characters. */
export async function fill(people: readonly WsClient[], total: number): Promise<void> {
  const chunk = 2_000;
  for (let done = 0; done < total; done += chunk) {
    await Promise.all(people.map(async (person, who) => {
      let last = '';
      for (let n = done + who; n < Math.min(done + chunk, total); n += people.length) {
        person.send({ op: 'send', cid: (last = `fill-${n}`), room: '#lobby', body: `${n} ${words.repeat(n % 5)}` });
      }
      if (last !== '') await person.receives('ok', (ok) => ok['cid'] === last);
    }));
    if (done % 20_000 === 0) console.log(`filled ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`);
  }
}

/** Somebody says hello and makes a room of one message, which is open then. */
export async function introduce(page: Page): Promise<void> {
  await page.getByTestId('composer').fill('hello');
  await page.getByTestId('composer').press('Enter');
  await page.getByTestId('name-input').fill('hana');
  await page.getByTestId('name-confirm').click();
  await page.getByTestId('new-room').click();
  await page.getByTestId('room-name').fill('garden');
  await page.getByTestId('room-create').click();
  await page.locator('[data-slug=garden][aria-current=page]').waitFor();
  await page.getByTestId('composer').fill('roses');
  await page.getByTestId('composer').press('Enter');
  await page.locator('[data-seq]').first().waitFor();
}
