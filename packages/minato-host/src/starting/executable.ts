import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const name = process.platform === 'win32' ? 'minato.exe' : 'minato';

/** The option, `MINATO_EXECUTABLE`, a file beside the app, or the bare name, which the system looks up in PATH. */
export function findExecutable(option: string | undefined): string {
  const named = option || process.env['MINATO_EXECUTABLE'];
  if (named) return unpacked(named);
  return besideTheApp().find((file) => existsSync(file)) ?? name;
}

/** Electron puts extra resources into its resources folder; other programs have them beside themselves. */
function besideTheApp(): string[] {
  const resources = (process as { readonly resourcesPath?: string }).resourcesPath;
  return [...(resources ? [resources] : []), dirname(process.execPath)].map((folder) => join(folder, name));
}

/** Nothing can be executed inside an archive of Electron's; what its builder was told to unpack lies beside it. */
function unpacked(file: string): string {
  return file.replace(/\bapp\.asar(?=[\\/])/u, 'app.asar.unpacked');
}
