import { seqOf, two } from '../kit/conversation';
import { expect, test } from '../kit/test';

test('text and link of a message are copied, and a selection over several as who said what', async ({ harbour }) => {
  const { server, hana } = await two(harbour);
  // Pasted, as people do: a page in the clear may not ask for what is on the clipboard.
  const clipboard = async () => {
    await hana.composer.fill('');
    await hana.composer.press('Control+v');
    return await hana.composer.inputValue();
  };
  await harbour.clipboard();
  await hana.act(hana.message('from ana'), 'copy-text');
  await hana.page.getByTestId('copied').waitFor();
  expect(await clipboard()).toBe('from ana');
  const seq = await seqOf(hana, 'from ana');
  await hana.act(hana.message('from ana'), 'copy-link');
  await expect.poll(clipboard).toBe(`${server.url}/#lobby/${seq}`);
  await hana.page.evaluate(() => {
    const bodies = document.querySelectorAll('.log .body');
    getSelection()!.setBaseAndExtent(bodies[0]!, 0, bodies[1]!, bodies[1]!.childNodes.length);
  });
  await hana.log.press('Control+c');
  await expect.poll(clipboard).toMatch(/^ana \(\d+:\d\d [AP]M\): from ana\nhana \(\d+:\d\d [AP]M\): from hana$/u);
});
