import { existsSync, readdirSync, statfsSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { beforeEach, describe, expect, test } from 'vitest';
import { codeOf, putAsItComes, putWhole } from '../../../targets/reference/gateway/recordings/put.ts';
import { needed } from '../../support/needed.ts';
import { eventually } from '../../support/reference.ts';
import { canMakeVolumes, fill, volumes } from '../../support/volume.ts';

const SIZE = 1024 * 1024;
const makes = await canMakeVolumes();

describe('a volume of its own', () => {
  const volume = volumes();
  beforeEach((context) => needed(makes, 'the right to make namespaces and mount in them', context));

  test('has its size and no byte more, and nobody else sees what is in it', async () => {
    const { folder } = await volume(SIZE);
    const { bavail, bsize } = statfsSync(folder);
    expect(bavail * bsize).toBe(SIZE);
    expect(() => writeFileSync(`${folder}/large`, Buffer.alloc(SIZE + 1))).toThrow('ENOSPC');
    expect(readdirSync(folder)).toEqual(['large']);
    expect(existsSync(`${tmpdir()}/large`)).toBe(false);
  });

  test.each(['stopped', 'killed'])('is gone when its keeper is %s', async (how) => {
    const { folder, keeper, stop } = await volume(SIZE);
    writeFileSync(`${folder}/small`, 'a');
    if (how === 'stopped') await stop();
    else process.kill(keeper.pid, 'SIGKILL');
    await eventually(() => !existsSync(`${folder}/small`), 10_000);
    await stop();
  });

  test('that is full keeps a file wholly or not at all', async () => {
    const { folder } = await volume(SIZE);
    await putWhole(`${folder}/first`, Buffer.alloc(16_384, 1));
    fill(folder, 8_192);
    const error = await putWhole(`${folder}/second`, Buffer.alloc(16_384, 2)).catch((thrown: unknown) => thrown);
    expect(codeOf(error)).toBe('ENOSPC');
    expect(readdirSync(folder).toSorted()).toEqual(['filler', 'first']);
    expect(await readFile(`${folder}/first`)).toEqual(Buffer.alloc(16_384, 1));
  });

  test('that is full keeps the beginning of what is written as it comes', async () => {
    const { folder } = await volume(SIZE);
    const codes: (string | undefined)[] = [];
    const put = (name: string) =>
      putAsItComes(`${folder}/${name}`, Buffer.alloc(16_384, 3), (error) => codes.push(codeOf(error)));
    expect(await put('whole')).toBe(0);
    fill(folder, 8_192);
    expect(await put('short')).toBe(8_192);
    expect(codes).toEqual(['ENOSPC', 'ENOSPC']);
    expect(await readFile(`${folder}/short`)).toEqual(Buffer.alloc(8_192, 3));
  });
});
