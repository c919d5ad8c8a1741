import { describe, expect, test } from 'vitest';
import { Mistakes } from '../../../core/mistake.ts';
import { parseJanusDeclaration } from '../../../targets/janus/schema.ts';

const written = { kind: 'janus', url: 'http://127.0.0.1:8188' };

function mistakesOf(input: unknown): readonly string[] {
  try {
    parseJanusDeclaration(input, 'targets.meet', {});
  } catch (thrown) {
    if (thrown instanceof Mistakes) return thrown.list.map(({ where, what }) => `${where} ${what}`);
    throw thrown;
  }
  return [];
}

describe('the declaration of a Janus server', () => {
  test('needs nothing but its address', () => {
    expect(parseJanusDeclaration(written, 'targets.meet', {})).toEqual({
      ...written,
      websocket: 'ws://127.0.0.1:8188/',
      plugin: 'videoroom',
      ids: 'numbers',
      publishers: 1_000,
    });
  });

  test('has its secrets from the environment, and its WebSocket where that is', () => {
    const url = 'https://meet.example.com/';
    const whole = { kind: 'janus', url, secret: '${env.S}', token: '${env.T}', roomKey: '${env.K}', publishers: 6 };
    const env = { S: 'hush', T: 'hash', K: 'key' };
    const read = (websocket: string, hosts: readonly string[] = ['media.example.com']) =>
      parseJanusDeclaration({ ...whole, websocket, hosts, ids: 'strings' }, 'targets.meet', env);
    expect(read('/janus-ws')).toMatchObject({
      ...{ secret: 'hush', token: 'hash', roomKey: 'key', ids: 'strings', publishers: 6 },
      websocket: 'wss://meet.example.com/janus-ws',
    });
    expect(read('wss://ws.example.com:8989', ['ws.example.com']).websocket).toBe('wss://ws.example.com:8989');
  });

  test('says what is wrong with it, all at once', () => {
    expect(mistakesOf({ kind: 'janus', url: 'x', ids: 'names', publishers: 0, operations: {} })).toEqual([
      'targets.meet.ids cannot be "names"',
      'targets.meet.publishers cannot be 0',
      'targets.meet.operations is not known',
    ]);
    expect(mistakesOf({ ...written, url: 'ws://127.0.0.1:8188' })).toEqual([
      'targets.meet.url is not the address of a target',
    ]);
    expect(mistakesOf({ ...written, websocket: 'ws://elsewhere.example' })).toEqual([
      'targets.meet.websocket elsewhere.example is not among the hosts',
    ]);
    expect(mistakesOf({ ...written, secret: '${env.MISSING}' })).toEqual([
      expect.stringContaining('targets.meet.secret'),
    ]);
  });
});
