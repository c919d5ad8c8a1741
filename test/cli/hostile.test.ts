import { afterAll, expect, test } from 'vitest';
import { endStarted } from '../support/command-line.ts';
import { NO_ANSWERS } from '../support/hostile-answers.ts';
import { answers, hostileService } from '../support/hostile-service.ts';
import { expectEnded } from '../support/stricken-storm.ts';
import { TODAY } from '../support/strikes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folders = temporaryFolders();
afterAll(endStarted);

/** What a service can do to people by the hundred without keeping the processor from whoever makes them. */
const hostile = NO_ANSWERS.filter(([name]) => !name.includes('without end') && !name.includes('1 MB'));

test('a storm on a service that turns hostile ends with a verdict, and with nothing left of it', {
  timeout: 400_000,
}, async (context) => {
  context.skip(TODAY !== 'a service that turns hostile', 'its turn comes on another day');
  let [isHostile, turn] = [false, 0];
  const service = await hostileService((request) => {
    if (request !== 'POST /login') return answers('{}');
    if (!isHostile) return answers(JSON.stringify({ token: 'x' }));
    turn += 1;
    return hostile[turn % hostile.length]?.[1];
  });
  try {
    const login = [{ request: 'POST /login', json: { as: '${person.email}' }, capture: { token: 'json:/token' } }];
    await expectEnded({
      asked: ['login-storm', '--base-rate', '20'],
      declared: { kind: 'http', url: service.url, operations: { login } },
      strike: () => {
        isHostile = true;
      },
      folder: folders(),
    });
    // Each of its ways to answer was tried many times.
    expect(turn).toBeGreaterThan(10 * hostile.length);
  } finally {
    service.close();
  }
});
