import { createInterface } from 'node:readline';
import { createRoot } from 'solid-js';
import { DrivenClient } from './driven-client';

/** The page's client behind the driver protocol of tests/behaviour/README.md: one JSON command a line in, one report a line out. */
createRoot(() => {
  let client: DrivenClient | undefined;
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const command = JSON.parse(line);
      if (command.do === 'start') client = new DrivenClient(command.url, command.state, command.since);
      else if (command.do === 'send') client!.send(command.body);
      else if (command.do === 'report') process.stdout.write(JSON.stringify(client!.report()) + '\n');
    })
    .on('close', () => process.exit(0));
});
