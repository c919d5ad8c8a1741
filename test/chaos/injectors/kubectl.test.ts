import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Task } from '../../../chaos/injector.ts';
import { kubectlInjector } from '../../../chaos/injectors/kubectl.ts';
import { manualOf } from '../../../chaos/manual.ts';
import type { KubectlMeans } from '../../../core/means.ts';
import { looks, undo } from '../../support/injection.ts';
import { type KubectlPlayer, kubectlPlayer, type Told } from '../../support/kubectl-player.ts';
import { ownerOf } from '../../support/owner-process.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const A: Told = { name: 'media-a', uid: '1' };
const B: Told = { name: 'media-b', uid: '2' };
const C: Told = { name: 'media-c', uid: '3' };
const CLUSTER = '--context=staging --namespace=meet';

describe('faults by kubectl, which is played here', () => {
  const folder = temporaryFolders();
  let at = '';
  let player: KubectlPlayer;
  beforeEach(() => {
    at = folder();
    player = kubectlPlayer(at);
  });
  afterEach(() => player.end());
  const has: KubectlPlayer['has'] = (...told) => player.has(...told);
  const asked = () => [...new Set(readFileSync(join(at, 'asked'), 'utf8').trimEnd().split('\n'))];
  const task = (means: Partial<KubectlMeans> = { label: 'app=media' }): Task<'kubectl'> => ({
    ...{ name: 'st_test_0', does: { kind: 'kill' } as const, lasting: 1_000 },
    means: { by: 'kubectl', context: 'staging', namespace: 'meet', ...means },
  });

  test('delete the first pod that is ready, and wait until as many are ready as before', async () => {
    has('pods', { ...C, name: 'media-0', ready: false }, B, A);
    has('after', B, { ...C, ready: false });
    has('again', B, C);
    const prepared = await kubectlInjector.prepare(task());
    const before = await looks(prepared, 2);
    const written = prepared.undo;
    await prepared.inject();
    const during = await looks(prepared, 2);
    expect(prepared.bites(before, before)).toMatchObject({ holds: false });
    expect(prepared.bites(before, during)).toEqual({ holds: true, says: 'pod media-a (1) is gone, 1 are ready' });
    expect(prepared.gone(before, during)).toMatchObject({ holds: false });
    await undo(written);
    expect(prepared.gone(before, await looks(prepared, 2))).toMatchObject({ holds: true });
    await undo(written);
    expect(asked()).toEqual([
      `${CLUSTER} get pods --selector=app=media --ignore-not-found --output=json`,
      `${CLUSTER} delete pod media-a --grace-period=1 --wait=false`,
      `${CLUSTER} wait pods --selector=app=media --for=condition=Ready --timeout=5s`,
    ]);
    expect(manualOf(written)).toBe(
      `kubectl ${CLUSTER} wait pods --selector=app=media --for=condition=Ready --timeout=300s`,
    );
  });

  test('tell a pod from the one of the same name that comes instead, also when who deleted it is killed', async () => {
    has('pods', A);
    has('after', { ...A, uid: '9' });
    const owner = await ownerOf('kubectl', 'kubectlInjector', task({ pod: 'media-a' }));
    await owner.kill();
    expect(owner.undo).toMatchObject({ kind: 'pod', uid: '1', ready: 1, pod: 'media-a' });
    await undo(owner.undo);
    expect(asked().filter((words) => words.includes('delete'))).toHaveLength(1);
  });

  test('that never came to be need no undoing', async () => {
    has('pods', A);
    const { undo: written } = await kubectlInjector.prepare(task());
    await undo(written);
    expect(asked().some((words) => words.includes('delete'))).toBe(false);
  });

  test.each<[string, readonly Told[], string]>([
    ['nothing keeps', [{ ...A, kept: false }], 'nothing keeps a pod with the labels app=media there'],
    ['are not ready', [{ ...A, ready: false }], 'there is no pod with the labels app=media that is ready'],
    ['are going', [{ ...A, going: true }], 'there is no pod with the labels app=media that is ready'],
  ])('leave pods alone that %s', async (_, pods, says) => {
    has('pods', ...pods);
    await expect(kubectlInjector.prepare(task())).rejects.toMatchObject({
      name: 'CannotInject',
      message: expect.stringContaining(says),
    });
  });

  test('say what kubectl says, and that it is not there', async () => {
    has('pods', A);
    const prepared = await kubectlInjector.prepare(task());
    writeFileSync(join(at, 'refuses'), '');
    expect(await prepared.look()).toEqual({ failed: 'kubectl get exited with 1: error: forbidden' });
    await expect(kubectlInjector.prepare(task())).rejects.toThrow('kubectl get exited with 1: error: forbidden');
    writeFileSync(join(at, 'pods'), '<html>');
    process.env.PATH = folder();
    await expect(kubectlInjector.prepare(task())).rejects.toThrow('kubectl is not on the PATH');
    expect(existsSync(join(at, 'after'))).toBe(false);
  });

  test('do nothing but kill', () => {
    const { means } = task();
    expect(kubectlInjector.can({ kind: 'kill' }, means)).toBe(true);
    expect(kubectlInjector.can({ kind: 'pause' }, means)).toBe(false);
  });
});
