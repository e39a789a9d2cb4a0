import assert from 'node:assert/strict';
import test from 'node:test';
import { MinatoError } from '../src/index.js';
import { readReadyLine } from '../src/starting/ready-line.js';

const ready = { v: 1, ready: true, url: 'http://127.0.0.1:49152', address: '127.0.0.1', port: 49152, pid: 4711 };

test('a server that is ready says where', () => {
  assert.deepEqual(readReadyLine(JSON.stringify(ready)), { url: 'http://127.0.0.1:49152', port: 49152, pid: 4711 });
  assert.deepEqual(readReadyLine(JSON.stringify({ ...ready, token: 't' })), { url: 'http://127.0.0.1:49152', port: 49152, pid: 4711, token: 't' });
});

test('a server that is not says why, in its own words and code', () => {
  const error = readReadyLine('{"v":1,"ready":false,"error":{"code":"port_in_use","port":8080,"pid":812,"message":"Port 8080 is in use."}}');
  assert(error instanceof MinatoError);
  assert.deepEqual([error.code, error.port, error.pid, error.url, error.message], ['port_in_use', 8080, 812, undefined, 'Port 8080 is in use.']);
});

test('anything else is neither', () => {
  const others = [
    '', 'Listening on: 127.0.0.1:8080', '[]', 'null', '{}', '"x"', '{"v":1', JSON.stringify({ ...ready, v: 2 }), JSON.stringify({ ...ready, ready: 1 }),
    JSON.stringify({ ...ready, url: 'nowhere' }), JSON.stringify({ ...ready, port: '49152' }), JSON.stringify({ ...ready, pid: 0.5 }),
    '{"v":1,"ready":false}', '{"v":1,"ready":false,"error":{"code":7,"message":""}}', '{"v":1,"ready":false,"error":null}',
  ];
  for (const line of others) assert.equal(readReadyLine(line), null, line);
});
