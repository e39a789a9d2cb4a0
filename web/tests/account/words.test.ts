import { expect, test } from 'vitest';
import { deviceName } from '../../src/account/device-name';
import { invitationLink, isLocal, readSecrets, roomLink } from '../../src/account/invitation';
import { judgeLength } from '../../src/account/password-length';

test('An invitation is read from an address, and from nothing that only looks like one', () => {
  const secret = 'q-_0aZ';
  const read = (link: string) => readSecrets(new URL(link).hash);
  expect(read(invitationLink('http://10.0.0.7:8080', secret))).toEqual({ invitation: secret, room: null });
  expect(read(roomLink('http://10.0.0.7:8080', 'r-_9', null))).toEqual({ invitation: null, room: 'r-_9' });
  expect(read(roomLink('http://10.0.0.7:8080', 'r-_9', secret))).toEqual({ invitation: secret, room: 'r-_9' });
  expect(readSecrets('#owner=abc')).toEqual({ invitation: 'abc', room: null });
  for (const fragment of ['', '#lobby', '#invite=', '#invite=a b', '#ticket=abc', '#invite=a&b', '#xinvite=a', '#join=', '#join=a&ticket=b', '#join=a&', '#join'])
    expect(readSecrets(fragment), fragment).toBeNull();
});

test.each([
  ['localhost', true], ['127.0.0.1', true], ['127.9.9.9', true], ['[::1]', true], ['a.localhost', true],
  ['10.0.0.7', false], ['127.0.0.1.example', false], ['chat.example', false], ['[fe80::1]', false],
])('%s leads others to themselves: %s', (hostname, expected) => {
  expect(isLocal(hostname)).toBe(expected);
});

test.each([
  ['', 'none'], ['1234567', 'short'], ['12345678', 'enough'], ['港港', 'short'], ['港港港', 'enough'],
  ['fourteen chars', 'enough'], ['fifteen letters', 'good'], ['港'.repeat(14), 'enough'], ['港'.repeat(15), 'good'],
])('%j is %s', (password, expected) => {
  expect(judgeLength(password)).toBe(expected);
});

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0', 'Edge · Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1', 'Safari · iPhone'],
  ['Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36', 'Chrome · Android'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox · Linux'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15', 'Safari · Mac'],
  ['something else', 'Browser'],
])('%s', (userAgent, expected) => {
  expect(deviceName(userAgent)).toBe(expected);
});
