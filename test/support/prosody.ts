import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '../../core/person.ts';
import { freePort } from './database-process.ts';
import { eventually } from './prometheus.ts';
import { pathOf } from './real-part.ts';

/** The domain of the accounts, the one where nobody needs one, and the one of the rooms. */
export const DOMAINS = {
  accounts: 'meet.localhost',
  guests: 'guest.localhost',
  rooms: 'conference.meet.localhost',
} as const;

/** A real Prosody on the loopback with a folder of its own. */
export interface Prosody {
  readonly url: string;
  readonly pid: number;
  /** Kills it, or lets it stand still or go on, by its process id. */
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
  /** Starts it again at the same place, after it was killed. */
  again(): Promise<void>;
  stop(): Promise<void>;
}

interface ProsodyOptions {
  readonly people: readonly Person[];
  /** What it keeps passwords as, and so the strongest way to sign in. */
  readonly hash?: 'SHA-1' | 'SHA-256';
  /** Lines of configuration for the rooms. */
  readonly rooms?: string;
}

const LONGEST_LIFE = 240_000;
const ROUNDS = 4_096;

/** Starts Prosody with an account for everybody and waits until it answers; it is killed by its id in the end. */
export async function startProsody({ people, hash = 'SHA-1', rooms = '' }: ProsodyOptions): Promise<Prosody> {
  const folder = mkdtempSync(join(tmpdir(), 'stormtest-prosody-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, 'prosody.cfg.lua'), configuration(folder, port, hash, rooms));
  writeAccounts(folder, people, hash);
  let child = launch(folder);
  const ready = () => eventually('Prosody answers', async () => (await fetch(`${url}/metrics`)).ok);
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
  };
  const limit = setTimeout(kill, LONGEST_LIFE);
  const stop = async () => {
    clearTimeout(limit);
    await kill();
    rmSync(folder, { recursive: true, force: true });
  };
  await ready().catch(async (late) => {
    await stop();
    throw late;
  });
  return {
    url,
    get pid() {
      return child.pid ?? 0;
    },
    signal: (name) => void child.kill(name),
    async again() {
      await kill();
      child = launch(folder);
      await ready();
    },
    stop,
  };
}

function launch(folder: string): ChildProcess {
  const config = join(folder, 'prosody.cfg.lua');
  return spawn(pathOf('prosody') ?? 'prosody', ['--config', config, '-F'], { stdio: 'ignore' });
}

function configuration(folder: string, port: number, hash: string, rooms: string): string {
  return `run_as_root = true
pidfile = "${folder}/prosody.pid"
data_path = "${folder}/data"
log = { error = "${folder}/prosody.log" }
interfaces = { "127.0.0.1" }
http_interfaces = { "127.0.0.1" }
http_ports = { ${port} }
https_ports = {}
c2s_ports = {}
c2s_direct_tls_ports = {}
modules_disabled = { "s2s", "offline" }
modules_enabled = { "saslauth", "disco", "ping", "websocket", "http_openmetrics" }
consider_websocket_secure = true
c2s_require_encryption = false
statistics = "internal"
statistics_interval = "manual"
http_default_host = "${DOMAINS.accounts}"
VirtualHost "${DOMAINS.accounts}"
  authentication = "internal_hashed"
  password_hash = "${hash}"
VirtualHost "${DOMAINS.guests}"
  authentication = "anonymous"
Component "${DOMAINS.rooms}" "muc"
  ${rooms || 'restrict_room_creation = false'}
`;
}

/** As `prosodyctl register` would, which takes a process for each: salted keys (RFC 5802), never the password. */
function writeAccounts(folder: string, people: readonly Person[], hash: 'SHA-1' | 'SHA-256'): void {
  const accounts = join(folder, 'data', encoded(DOMAINS.accounts), 'accounts');
  mkdirSync(accounts, { recursive: true });
  const digest = hash.replace('-', '').toLowerCase();
  for (const { email, password } of people) {
    const user = email.replace(/@.*$/, '');
    const salt = `salt of ${user}`;
    const salted = pbkdf2Sync(password, salt, ROUNDS, hash === 'SHA-1' ? 20 : 32, digest);
    const client = createHmac(digest, salted).update('Client Key').digest();
    const stored = createHash(digest).update(client).digest('hex');
    const server = createHmac(digest, salted).update('Server Key').digest('hex');
    const fields = { stored_key: stored, server_key: server, salt };
    const lines = Object.entries(fields).map(([name, value]) => `["${name}"] = "${value}";`);
    const file = `return { ${lines.join(' ')} ["iteration_count"] = ${ROUNDS}; };\n`;
    writeFileSync(join(accounts, `${encoded(user)}.dat`), file);
  }
}

/** How Prosody names files. */
function encoded(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
