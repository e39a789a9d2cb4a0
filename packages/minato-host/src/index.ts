export { start } from './running/start.js';
export { MinatoError } from './error.js';
export type { Exit, Minato } from './running/minato.js';
export type { StartOptions } from './options.js';
