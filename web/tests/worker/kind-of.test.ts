import { expect, test } from 'vitest';
import { kindOf } from '../../src/worker/kind-of';

const origin = 'http://127.0.0.1:8080';
const get = (path: string, destination = '') => kindOf({ method: 'GET', destination, url: new URL(path, origin).href }, origin);

test('the page in a tab of its own, wherever its fragment leads', () => {
  expect(get('/', 'document')).toBe('page');
  expect(get('/?utm=1#lobby', 'document')).toBe('page');
  expect(get('/index.html', 'document')).toBe('page');
});

test('files that carry their hash', () => {
  expect(get('/assets/index-BVU87B_K.js', 'script')).toBe('asset');
  expect(get('/assets/index-D1x.css', 'style')).toBe('asset');
});

test.each([
  ['/ws', ''], ['/api/v1/rooms', ''], ['/door', ''], ['/healthz', 'document'], ['/openapi/v1.json', 'document'], ['/api/v1/files/1/a.png', 'image'],
  ['/service-worker.js', 'serviceworker'], ['/', ''], ['/', 'iframe'], ['/', 'embed'], ['/assetsx/a.js', 'script'],
])('%s as “%s” is none of its business', (path, destination) => expect(get(path, destination)).toBe('other'));

test('nothing is sent, and nothing of elsewhere is looked at', () => {
  expect(kindOf({ method: 'POST', destination: 'document', url: `${origin}/` }, origin)).toBe('other');
  expect(kindOf({ method: 'GET', destination: 'document', url: 'http://127.0.0.1:8081/' }, origin)).toBe('other');
});
