import { describe, expect, test } from 'vitest';
import { Mistakes } from '../../../core/mistake.ts';
import { parseLivekitDeclaration } from '../../../targets/livekit/schema.ts';

const written = {
  kind: 'livekit',
  url: 'http://127.0.0.1:7880',
  key: 'devkey',
  secret: '${env.LIVEKIT_API_SECRET}',
  metrics: [{ name: 'livekit', url: 'http://127.0.0.1:6789/metrics', presets: ['livekit'] }],
};

function mistakesOf(input: unknown): readonly string[] {
  try {
    parseLivekitDeclaration(input, 'targets.meet', {});
  } catch (thrown) {
    if (thrown instanceof Mistakes) return thrown.list.map(({ where, what }) => `${where} ${what}`);
    throw thrown;
  }
  return [];
}

describe('the declaration of a LiveKit server', () => {
  test('has its secret from the environment', () => {
    expect(parseLivekitDeclaration(written, 'targets.meet', { LIVEKIT_API_SECRET: 'hush' })).toEqual({
      ...written,
      secret: 'hush',
    });
  });

  test('says what is wrong with it, all at once', () => {
    expect(mistakesOf({ kind: 'livekit', url: 'x', secret: 5, operations: {} })).toEqual([
      'targets.meet.key is missing',
      'targets.meet.secret cannot be a number',
      'targets.meet.operations is not known',
    ]);
    expect(mistakesOf({ ...written, url: 'ws://127.0.0.1:7880' })).toEqual([
      expect.stringContaining('targets.meet.secret'),
      'targets.meet.url is not the address of a target',
    ]);
  });
});
