import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../cli/config.ts';
import { conclude } from '../../cli/detection/conclude.ts';
import { browserDetector } from '../../cli/detection/detectors/browser.ts';
import { lookAt } from '../../cli/detection/look.ts';
import { adapterFor } from '../../cli/setting.ts';
import { configTemplate } from '../../cli/work/config-template.ts';
import { EXIT } from '../../core/exit.ts';
import { peopleOf } from '../../generators/people.ts';
import { nodeWire, PatientTransport } from '../../generators/transports/node.ts';
import { answered } from '../support/answered.ts';
import { browsing } from '../support/browser.ts';
import { freePort } from '../support/database-process.ts';
import { startJanus } from '../support/janus-server.ts';
import { startLivekit } from '../support/livekit-server.ts';
import { eventually } from '../support/prometheus.ts';
import { DOMAINS, startProsody } from '../support/prosody.ts';
import { describeWith, pathOf } from '../support/real-part.ts';
import { describeWithReference, PATIENCE, person, startForTest } from '../support/reference.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { wishFor } from '../support/wish.ts';

const folder = temporaryFolders();
const schema = JSON.parse(readFileSync('schema/stormtest.config.schema.json', 'utf8'));
const isConfig = new Ajv2020({ strict: false }).compile(schema);

/** What init said of a target, and the file it wrote. */
async function looked(url: string) {
  const file = join(folder(), 'stormtest.config.yaml');
  const { code, stdout } = await answered(['init', '--target', url, '--config', file]);
  expect(code).toBe(EXIT.survived);
  isConfig(parse(readFileSync(file, 'utf8')));
  expect(isConfig.errors).toBeNull();
  return { file, stdout };
}

describeWith('prosody', 'stormtest init at Prosody', () => {
  test('recognises it from its address alone, and writes what people can sign in with', {
    timeout: 60_000,
  }, async () => {
    const ada = peopleOf({ from: 'seed', count: 1_000 }, 1).person(0);
    const prosody = await startProsody({ people: [ada] });
    try {
      const { file, stdout } = await looked(prosody.url);
      expect(stdout).toContain(`${prosody.url} is an XMPP server:`);
      expect(stdout).toContain(`it serves the domain ${DOMAINS.accounts}, and signs people in by SCRAM-SHA-1, PLAIN`);
      const described = readConfig(file, {})?.target('mine');
      if (described?.kind !== 'xmpp') throw new Error(`written as ${described?.kind}`);
      const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
      const io = new PatientTransport(wire);
      io.giveUpAt = performance.now() + 5_000;
      const client = adapterFor({ ...described, name: 'mine' }).client(io, ada);
      await client.login?.();
      const invited = ada;
      const meeting = await client.createMeeting?.({ name: 'first', key: 'first', invited });
      expect(meeting?.id).toBe(`first-first@${DOMAINS.rooms}`);
      wire.close();
    } finally {
      await prosody.stop();
    }
  });
});

describeWith('livekit', 'stormtest init at LiveKit', () => {
  test('recognises it from its address alone, and asks for the key', { timeout: 60_000 }, async () => {
    const livekit = await startLivekit();
    try {
      const { file, stdout } = await looked(livekit.url);
      expect(stdout).toContain(`${livekit.url} is a LiveKit server:`);
      const env = { LIVEKIT_API_KEY: livekit.key, LIVEKIT_API_SECRET: livekit.secret };
      const described = readConfig(file, env)?.target('mine');
      expect(described).toMatchObject({ kind: 'livekit', declaration: { key: livekit.key, secret: livekit.secret } });
    } finally {
      await livekit.stop();
    }
  });
});

describeWith('janus', 'stormtest init at Janus', () => {
  test('recognises it from its address alone, and writes what people can meet with', { timeout: 60_000 }, async () => {
    const janus = await startJanus();
    try {
      const { file, stdout } = await looked(janus.url);
      expect(stdout).toContain(`${janus.url} is a Janus server:`);
      expect(stdout).toContain('janus-protocol and says: Janus WebRTC Server 1.');
      const described = readConfig(file, {})?.target('mine');
      if (described?.kind !== 'janus') throw new Error(`written as ${described?.kind}`);
      const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
      const io = new PatientTransport(wire);
      io.giveUpAt = performance.now() + 5_000;
      const ada = peopleOf({ from: 'seed', count: 1_000 }, 1).person(0);
      const client = adapterFor({ ...described, name: 'mine' }).client(io, ada);
      const meeting = await client.createMeeting?.({ name: 'first', key: 'first', invited: ada });
      expect(await client.findMeeting?.(meeting?.id ?? '')).toMatchObject({ participants: 0 });
      wire.close();
    } finally {
      await janus.stop();
    }
  });
});

describeWith('chromium', 'stormtest init at a web client', () => {
  describeWithReference('which is that of the reference target, taken for its page alone', () => {
    test('writes the steps by which people in a real browser sign in, meet and leave', {
      timeout: PATIENCE,
    }, async () => {
      const reference = await startForTest('hardened');
      const own = browsing();
      try {
        const here = { loopbackOnly: true, insecureTls: false };
        const seen = await lookAt(reference.url, [browserDetector], here, new AbortController().signal);
        const { finding, metrics } = conclude(seen, '127.0.0.1', [browserDetector]);
        expect(finding?.because).toContain('its page asks which meeting people want to go to: #meeting, #join');
        const file = join(folder(), 'stormtest.config.yaml');
        writeFileSync(file, configTemplate(finding?.declaration?.(reference.url, metrics) ?? '', 'schema.json'));
        const described = readConfig(file, {})?.target('mine');
        if (described?.kind !== 'browser') throw new Error(`written as ${described?.kind}`);
        const people = [0, 1].map((index) => ({ index, ...person(index) }));
        const [host, guest] = people.map((one) => adapterFor({ ...described, name: 'mine' }).client(own.io(), one));
        await host?.login?.();
        const meeting = await host?.createMeeting?.(wishFor('first'));
        const seat = await guest?.join?.(meeting ?? { id: '' });
        expect(seat?.media).toEqual({ page: expect.any(Number) });
        await seat?.leave();
        const stranger = { ...person(0), index: 0, password: 'not that' };
        const wrong = adapterFor({ ...described, name: 'mine' }).client(own.io(), stranger);
        await expect(wrong.login?.()).rejects.toMatchObject({ kind: 'denied' });
      } finally {
        own.stop();
      }
    });
  });
});

describeWith('nginx', 'stormtest init at nginx', () => {
  test('does not know what it is, and writes the questions', { timeout: 60_000 }, async () => {
    const at = folder();
    const port = await freePort();
    mkdirSync(join(at, 'html'));
    writeFileSync(join(at, 'html', 'index.html'), '<h1>It works!</h1>');
    writeFileSync(
      join(at, 'nginx.conf'),
      `worker_processes 1; daemon off; pid ${at}/pid; error_log stderr; events {}
http { access_log off; client_body_temp_path ${at}/body; proxy_temp_path ${at}/proxy; fastcgi_temp_path ${at}/fastcgi;
uwsgi_temp_path ${at}/uwsgi; scgi_temp_path ${at}/scgi; server { listen 127.0.0.1:${port}; root ${at}/html; } }`,
    );
    const nginx = spawn(pathOf('nginx') ?? 'nginx', ['-c', join(at, 'nginx.conf'), '-p', at], { stdio: 'ignore' });
    const ended = once(nginx, 'exit');
    try {
      const url = `http://127.0.0.1:${port}`;
      await eventually('nginx answers', async () => (await fetch(url)).status > 0);
      const { file, stdout } = await looked(url);
      expect(stdout).toMatch(/ is unknown:\n {2}it answers \d+ with text\/html, from nginx\/[\d.]+: a web server/);
      expect(stdout).toContain('describe there how people sign in');
      expect(parse(readFileSync(file, 'utf8')).targets.mine.operations.login).toHaveLength(1);
    } finally {
      nginx.kill('SIGTERM');
      await ended;
    }
  });
});
