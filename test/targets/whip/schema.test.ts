import { describe, expect, test } from 'vitest';
import { Mistakes } from '../../../core/mistake.ts';
import { parseWhipDeclaration } from '../../../targets/whip/schema.ts';

const url = 'http://127.0.0.1:8889';
const written = { kind: 'whip', url, publish: '/{meeting}-{person}/whip', view: '/{meeting}-{person}/whep' };

function mistakesOf(input: unknown): readonly string[] {
  try {
    parseWhipDeclaration(input, 'targets.stage', {});
  } catch (thrown) {
    if (thrown instanceof Mistakes) return thrown.list.map(({ where, what }) => `${where} ${what}`);
    throw thrown;
  }
  return [];
}

describe('the declaration of a server of WHIP and WHEP', () => {
  test('needs its address and how streams are named', () => {
    expect(parseWhipDeclaration(written, 'targets.stage', {})).toEqual({
      ...written,
      publish: `${url}/{meeting}-{person}/whip`,
      view: `${url}/{meeting}-{person}/whep`,
      publishers: 4,
      candidates: 'trickled',
    });
  });

  test('lets one send where streams are not told apart, and has its token from the environment', () => {
    const one = { ...written, publish: '/live/{meeting}', view: `${url}/live/{meeting}?x=1`, token: '${env.T}' };
    expect(parseWhipDeclaration(one, 'targets.stage', { T: 'hush' })).toMatchObject({ publishers: 1, token: 'hush' });
  });

  test('says what is wrong with it, all at once', () => {
    expect(mistakesOf({ kind: 'whip', url, publish: '/whip', view: 'https://example.com/{meeting}/{room}' })).toEqual([
      'targets.stage.publish is the same for every meeting',
      'targets.stage.view example.com is not among the hosts',
      'targets.stage.view {room} means nothing here',
    ]);
    expect(mistakesOf({ ...written, publish: '/{meeting}', publishers: 3 })).toEqual([
      'targets.stage.publish is one stream for 3 who send',
    ]);
    expect(mistakesOf({ ...written, candidates: 'later', view: 5, token: '${env.T}' })).toEqual([
      expect.stringContaining('targets.stage.view'),
      expect.stringContaining('targets.stage.candidates'),
    ]);
  });
});
