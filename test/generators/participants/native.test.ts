import { expect, test } from 'vitest';
import { NotReady } from '../../../generators/not-ready.ts';
import { nativeWebrtc } from '../../../generators/participants/peers/native.ts';

test('who has no WebRTC library is told how to get it', async () => {
  const missing = await nativeWebrtc('node-datachannel-of-nobody').catch((thrown: unknown) => thrown);
  expect(missing).toBeInstanceOf(NotReady);
  expect((missing as NotReady).message).toMatch(/^WebRTC participants need the package .*npm install node-datachannel/);
});
