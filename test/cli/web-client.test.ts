import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EXIT } from '../../core/exit.ts';
import { PAGE } from '../../targets/reference/gateway/page/page.ts';
import { answered, mistakesIn } from '../support/answered.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { type WebServer, webServer } from '../support/web-server.ts';

const folder = temporaryFolders();
const isConfig = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync('schema/stormtest.config.schema.json', 'utf8')),
);
let server: WebServer;
let asked = 0;

beforeAll(async () => {
  server = await webServer(({ url }, response) => {
    asked += 1;
    if (url === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    else response.writeHead(404).end();
  });
});
afterAll(() => server.stop());

test('a web client is recognised, written down, and not stormed by more people than it has pages', {
  timeout: 60_000,
}, async () => {
  const file = join(folder(), 'stormtest.config.yaml');
  const made = await answered(['init', '--target', server.url, '--config', file]);
  expect([made.code, made.stderr]).toEqual([EXIT.survived, '']);
  expect(made.stdout).toContain(`${server.url} looks like a web client:`);
  expect(made.stdout).toContain('stormtest login-storm --target mine --pace natural --scale 0.002 --config ');
  const written = readFileSync(file, 'utf8');
  isConfig(parse(written));
  expect(isConfig.errors).toBeNull();
  const before = asked;
  const quick = await answered(['login-storm', '--target', 'mine', '--config', file, '--out', join(folder(), 'out')]);
  expect([quick.code, quick.stdout]).toEqual([EXIT.usage, '']);
  expect(mistakesIn(quick)).toEqual([
    expect.stringMatching(
      /^pages: login-storm at scale 1 needs 810 people in browsers at once, and there are 2 pages \(ask for --pace natural --scale 0\.0024, or declare more pages/,
    ),
  ]);
  expect(asked).toBe(before);
});
