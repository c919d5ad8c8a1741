import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../../core/exit.ts';
import { endStarted, startCommand, stormtest } from '../../support/command-line.ts';
import { dialed, tcpServer } from '../../support/tcp-peer.ts';
import { temporaryFolders } from '../../support/temporary-folder.ts';
import { ask, freePort } from '../../support/toxiproxy.ts';
import { api, proxyTo } from '../../support/toxiproxy-api.ts';

describe('stormtest toxiproxy', () => {
  const folder = temporaryFolders();
  afterEach(endStarted);

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('runs until %s, and nothing is left', async (signal) => {
    const port = await freePort();
    const server = await tcpServer();
    const command = startCommand(['toxiproxy', '--port', String(port)], { cwd: folder() });
    await command.until(/ready at http:\/\/127\.0\.0\.1:\d+ \(seed \d+\); Ctrl-C/);
    const url = `http://127.0.0.1:${port}`;
    expect(command.said.stdout).toContain(url);
    const listen = await proxyTo({ url }, server.address);
    await api({ url }, 'POST', '/proxies/t/toxics', { type: 'bandwidth', attributes: { rate: 0 } });
    const client = await dialed(listen);
    command.signal(signal);
    const { code, stderr } = await command.ended;
    expect([code, stderr]).toEqual([EXIT.survived, '']);
    expect((await client.ended).how).toMatch(/fin|rst/);
    await expect(dialed(listen)).rejects.toThrow('ECONNREFUSED');
    await server.stop();
  });

  it('makes the proxies of a file, and tells everything as JSON', async () => {
    const cwd = folder();
    const proxies = [
      { name: 'web', listen: '127.0.0.1:0', upstream: '127.0.0.1:80' },
      { name: 'off', upstream: '127.0.0.1:81', enabled: false },
    ];
    writeFileSync(join(cwd, 'proxies.json'), JSON.stringify(proxies));
    const command = startCommand(['toxiproxy', '--port', '0', '--seed', '5', '--json', '--config', 'proxies.json'], {
      cwd,
    });
    await command.until(/\n/);
    const { url, seed, proxies: told } = JSON.parse(command.said.stdout);
    expect(seed).toBe(5);
    expect(told).toMatchObject([
      { name: 'web', enabled: true },
      { name: 'off', enabled: false },
    ]);
    expect(Object.keys(await api({ url }, 'GET', '/proxies'))).toEqual(['off', 'web']);
    command.signal('SIGINT');
    expect((await command.ended).code).toBe(EXIT.survived);
  });

  it('answers by the names it is given', async () => {
    const command = startCommand(['toxiproxy', '--port', '0', '--json', '--allow-host', 'chaos.test'], {
      cwd: folder(),
    });
    await command.until(/\n/);
    const { url } = JSON.parse(command.said.stdout);
    expect((await ask(url, 'GET', '/version', undefined, { host: 'chaos.test:1' })).status).toBe(200);
    expect((await ask(url, 'GET', '/version', undefined, { host: 'other.test:1' })).status).toBe(403);
    command.signal('SIGINT');
    await command.ended;
  });

  it('says when the port is taken', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const address = squatter.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, stdout, stderr } = await stormtest(['toxiproxy', '--port', String(port)], { cwd: folder() });
    expect([code, stdout, stderr]).toEqual([
      EXIT.usage,
      '',
      `stormtest: --port: ${port} is taken on 127.0.0.1 (stop what listens there, or take another: --port 0)\n`,
    ]);
    squatter.close();
  });

  it.each([
    [['--seed', 'x', '--host', ''], /--host: is empty.*\n.*--seed: must be a whole number/],
    [['--port', '70000'], /--port: must be a whole number from 0 to 65535/],
    [['--host', 'no-such-host.invalid'], /--host: cannot listen on no-such-host.invalid: .*no such host/],
    [['--host', '192.0.2.1'], /--host: cannot listen on 192.0.2.1: /],
    [['--config', 'missing.json'], /--config: cannot read missing.json: ENOENT/],
    [['--config', 'bad.json'], /--config: bad.json: missing required field: upstream at proxy 1/],
    [['--config', 'broken.json'], /--config: broken.json: bad request body: unexpected EOF/],
    [['more'], /cannot do anything with "more"/],
  ])('%j is a mistake', async (words, says) => {
    const cwd = folder();
    writeFileSync(join(cwd, 'bad.json'), '[{"name":"a"}]');
    writeFileSync(join(cwd, 'broken.json'), '[{"name":');
    const { code, stdout, stderr } = await stormtest(
      ['toxiproxy', ...(words.includes('--port') ? [] : ['--port', '0']), ...words],
      { cwd },
    );
    expect(stderr).toMatch(says);
    expect([code, stdout]).toEqual([EXIT.usage, '']);
  });
});
