// A host of its own process: starts Minato on the folder in its arguments, says who the server is, and lives until it is killed.
import { start } from '../../src/index.js';

const server = await start({ executable: process.argv[2]!, data: process.argv[3]!, readyTimeout: 60_000 });
console.log(JSON.stringify({ pid: server.pid, url: server.url }));
