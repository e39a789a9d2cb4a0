import { createEffect, createMemo, onCleanup, type Accessor } from 'solid-js';
import type { Client } from '../../client/client';
import { readMarks, readSeqs } from '../../model/people/read-marks';
import type { Route } from '../route';

/** How many have read, beside which of one's own messages in the open room. Asked for while it is open, and where one is a member. */
export function createReadMarks(client: Client, route: Route): Accessor<ReadonlyMap<number, number>> {
  const { receipts } = client.people;
  const room = createMemo(() => (route.room()?.member ? route.id() : undefined));
  createEffect(() => {
    const id = room();
    if (id !== undefined) onCleanup(receipts.open(id));
  });
  const seqs = createMemo(() => {
    const id = room();
    return id === undefined ? [] : readSeqs(receipts.of(id));
  });
  const messages = createMemo(() => route.room()?.messages ?? []);
  return createMemo(() => readMarks(messages(), seqs(), client.workspace.you()?.id ?? null));
}
