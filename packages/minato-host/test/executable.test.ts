import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { findExecutable } from '../src/starting/executable.js';
import { folder } from './kit/folder.js';

function withEnvironment(t: TestContext, value: string | undefined): void {
  const before = process.env['MINATO_EXECUTABLE'];
  if (value === undefined) delete process.env['MINATO_EXECUTABLE'];
  else process.env['MINATO_EXECUTABLE'] = value;
  t.after(() => {
    if (before === undefined) delete process.env['MINATO_EXECUTABLE'];
    else process.env['MINATO_EXECUTABLE'] = before;
  });
}

test('the option comes first, then the environment, then PATH', (t) => {
  withEnvironment(t, '/from/environment');
  assert.equal(findExecutable('/from/option'), '/from/option');
  assert.equal(findExecutable(undefined), '/from/environment');
  withEnvironment(t, '');
  assert.equal(findExecutable(undefined), 'minato');
});

test('an Electron app has it among its resources', (t) => {
  withEnvironment(t, undefined);
  const resourcesPath = folder(t);
  Object.assign(process, { resourcesPath });
  t.after(() => delete (process as { resourcesPath?: string }).resourcesPath);
  assert.equal(findExecutable(undefined), 'minato');
  writeFileSync(join(resourcesPath, 'minato'), '');
  assert.equal(findExecutable(undefined), join(resourcesPath, 'minato'));
});

test('what lies in an archive of Electron’s is looked for where it was unpacked', () => {
  assert.equal(findExecutable('/opt/chat/resources/app.asar/bin/minato'), '/opt/chat/resources/app.asar.unpacked/bin/minato');
  assert.equal(findExecutable('/opt/chat/resources/app.asar.unpacked/bin/minato'), '/opt/chat/resources/app.asar.unpacked/bin/minato');
});
