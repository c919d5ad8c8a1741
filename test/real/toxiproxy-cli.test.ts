import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith, pathOf } from '../support/real-part.ts';
import { startOurs, startReal, type TestedToxiproxy } from '../support/toxiproxy.ts';

const run = promisify(execFile);

describeWith('toxiproxy-cli', "the real server's own command line", () => {
  const servers: TestedToxiproxy[] = [];
  beforeAll(async () => {
    servers.push(await startReal(), await startOurs());
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
  });

  /** What it says and answers, ports left out: with the real server, and with ours. */
  async function said(...words: string[]): Promise<string> {
    const outcomes = [];
    for (const { url } of servers) {
      const {
        stdout,
        stderr,
        code = 0,
      } = await run(pathOf('toxiproxy-cli') ?? '', ['-h', url, ...words]).catch((error) => error);
      outcomes.push(`${stdout}${stderr}(${code})`.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:…'));
    }
    expect(outcomes[1]).toBe(outcomes[0]);
    return outcomes[1] ?? '';
  }

  it('does everything with ours that it does with the real one', async () => {
    expect(await said('list')).toBe('(0)');
    expect(await said('create', '-l', '127.0.0.1:0', '-u', 'localhost:9', 'web')).toBe('Created new proxy web\n(0)');
    expect(await said('create', '-l', '127.0.0.1:0', '-u', 'localhost:9', 'web')).toContain(
      '409: proxy already exists',
    );
    expect(await said('create', '-l', 'nonsense', '-u', 'localhost:9', 'bad')).toContain('missing port in address');
    expect(await said('list')).toContain('web');
    expect(
      await said('toxic', 'add', '-t', 'latency', '-n', 'lat', '-a', 'latency=100', '-a', 'jitter=50', 'web'),
    ).toBe("Added downstream latency toxic 'lat' on proxy 'web'\n(0)");
    expect(
      await said('toxic', 'add', '-t', 'bandwidth', '-a', 'rate=10', '--upstream', '--tox', '0.25', 'web'),
    ).toContain('bandwidth_upstream');
    expect(await said('toxic', 'add', '-t', 'nonsense', 'web')).toContain('invalid toxic type');
    expect(await said('toxic', 'add', '-t', 'latency', '-n', 'lat', 'web')).toContain('toxic already exists');
    expect(await said('toxic', 'add', '-t', 'latency', '-a', 'latency=1.5', '-n', 'x', 'web')).toContain(
      'cannot unmarshal number 1.5',
    );
    expect(await said('toxic', 'add', '-t', 'latency', '-a', 'latency=much', '-n', 'x', 'web')).toContain(
      'cannot unmarshal string',
    );
    expect(await said('inspect', 'web')).toContain('toxicity=0.25\tattributes=[\trate=10\t]');
    expect(await said('toxic', 'update', '-n', 'lat', '-a', 'jitter=25', '--tox', '0.5', 'web')).toBe(
      "Updated toxic 'lat' on proxy 'web'\n(0)",
    );
    expect(await said('inspect', 'web')).toContain('toxicity=0.50\tattributes=[\tjitter=25\tlatency=100\t]');
    expect(await said('toxic', 'update', '-n', 'none', '-a', 'jitter=25', 'web')).toContain('404: toxic not found');
    expect(await said('toggle', 'web')).toBe('Proxy web is now disabled\n(0)');
    expect(await said('list')).toContain('disabled');
    expect(await said('toggle', 'web')).toBe('Proxy web is now enabled\n(0)');
    expect(await said('toxic', 'remove', '-n', 'lat', 'web')).toBe("Removed toxic 'lat' on proxy 'web'\n(0)");
    expect(await said('toxic', 'delete', '-n', 'lat', 'web')).toContain('404: toxic not found');
    expect(await said('inspect', 'web')).not.toContain('latency');
    expect(await said('inspect', 'none')).toContain('404: proxy not found');
    expect(await said('delete', 'web')).toBe('Deleted proxy web\n(0)');
    expect(await said('delete', 'web')).toContain('404: proxy not found');
    expect(await said('list')).toBe('(0)');
  });
});
