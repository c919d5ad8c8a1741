import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { doorAt, KNOCK } from '../../../targets/reference/gateway/door.ts';
import { eventually } from '../../support/reference.ts';

/** A house in which everybody takes five milliseconds, but whoever knocks. */
async function house(): Promise<number> {
  const server = createServer(({ url }, response) => {
    if (url !== KNOCK) busyFor(5);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function busyFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** As many people at once as take two seconds. */
function crowdAt(port: number): void {
  for (let i = 0; i < 400; i += 1)
    get({ host: '127.0.0.1', port, agent: false }, (answer) => void answer.resume()).on('error', () => undefined);
}

test('a door is late while there is a line before it, and no longer', async () => {
  const port = await house();
  const door = doorAt(port, 500);
  expect(door.isLate()).toBe(false);
  crowdAt(port);
  await eventually(() => door.isLate(), 20_000);
  await eventually(() => !door.isLate(), 20_000);
});
