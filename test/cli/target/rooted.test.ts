import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { populationOf } from '../../../cli/target/population.ts';
import { rooted } from '../../../cli/target/rooted.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';

const folder = temporaryFolders();

describe('what a configuration names', () => {
  test('begins in its folder: paths, and where commands run', () => {
    const command = { by: 'command', can: ['kill'], inject: './in', lift: './out', prove: './is' } as const;
    const services = rooted(
      {
        media: [
          { by: 'process', pid: { file: 'run/janus.pid' }, restart: './start', cgroup: 'cg', part: 'eu' },
          { by: 'process', pid: 7 },
        ],
        recordings: [{ by: 'volume', path: '../srv', shared: true }],
        support: [command],
      },
      '/etc/storm',
    );
    expect(services).toEqual({
      media: [
        {
          ...{ by: 'process', pid: { file: '/etc/storm/run/janus.pid' }, restart: './start', part: 'eu' },
          ...{ cgroup: '/etc/storm/cg', folder: '/etc/storm' },
        },
        { by: 'process', pid: 7, folder: '/etc/storm' },
      ],
      recordings: [{ by: 'volume', path: '/etc/srv', shared: true }],
      support: [{ ...command, folder: '/etc/storm' }],
    });
  });

  test('stays where it is when it says where, and what is no path stays as it is', () => {
    const fixed = {
      database: [{ by: 'connections', server: 'postgres', url: 'postgres://a/b' }],
      recordings: [{ by: 'volume', path: '/srv' }],
    } as const;
    expect(rooted(fixed, '/etc/storm')).toEqual(fixed);
  });

  test('its people are beside it, or where they are said to be', () => {
    const at = folder();
    mkdirSync(join(at, 'deep'));
    const csv = 'email,password,name\nada@example.com,secret,Ada\n';
    writeFileSync(join(at, 'deep', 'people.csv'), csv);
    const people = { from: 'list', people: [{ index: 0, email: 'ada@example.com', password: 'secret', name: 'Ada' }] };
    expect(populationOf({ file: 'people.csv' }, join(at, 'deep'))).toEqual(people);
    expect(populationOf({ file: '../deep/people.csv' }, join(at, 'deep'))).toEqual(people);
    expect(populationOf({ file: join(at, 'deep', 'people.csv') }, '/nowhere')).toEqual(people);
    expect(populationOf({ file: 'people.csv' }, relative('.', join(at, 'deep')))).toEqual(people);
    const elsewhere = folder();
    expect(() => populationOf({ file: 'people.csv' }, elsewhere)).toThrow(`people.file ${elsewhere}/people.csv`);
  });
});
