import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../cli/config.ts';
import { EXIT } from '../../core/exit.ts';
import { peopleOf } from '../../generators/people.ts';
import { nodeWire, PatientTransport } from '../../generators/transports/node.ts';
import type { JsonReport } from '../../reports/json.ts';
import { httpTarget } from '../../targets/http/target.ts';
import { endStarted, stormtest } from '../support/command-line.ts';
import { lookAt, type OidcProvider, startProvider, tokenFor } from '../support/oidc-provider.ts';
import { accountsFile, counted, looksIn, OIDC_CONFIG, type Stormed, stormed } from '../support/oidc-storm.ts';

/** How long a storm may take, with the start of its provider and a second try. */
const LONGEST = 400_000;

/** Four hashes at work, and as many waiting as are done in an eighth of a second. */
const MOST_INSIDE = 16;

const folder = mkdtempSync(join(tmpdir(), 'stormtest-oidc-'));
afterAll(async () => {
  await endStarted();
  rmSync(folder, { recursive: true, force: true });
});

const people = peopleOf({ from: 'seed', count: 200 }, 1);
const somebody = people.person(0);

describe('one person at an OpenID provider', { timeout: 60_000 }, () => {
  let provider: OidcProvider;
  beforeAll(async () => {
    provider = await startProvider({ people: accountsFile(people, folder), rounds: 1_000 });
  }, LONGEST);
  afterAll(() => provider?.stop());

  const signIn = async (password: string, env: Readonly<Record<string, string>>) => {
    const target = httpTarget('provider', declared(env));
    const wire = nodeWire({ loopbackOnly: true, insecureTls: false });
    try {
      await target.client(new PatientTransport(wire), { ...somebody, password }).login?.();
    } finally {
      wire.close();
    }
  };
  const declared = (env: Readonly<Record<string, string>>) => {
    const config = readConfig(OIDC_CONFIG, env);
    if (!config) throw new Error('no configuration');
    const described = config.target('provider');
    if (described.kind !== 'http') throw new Error('a provider speaks HTTP');
    return described.declaration;
  };

  test('issues tokens that are good for something', async () => {
    const tokens = (await (await tokenFor(provider, somebody)).json()) as Record<string, string>;
    const me = await fetch(`${provider.url}/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(await me.json()).toEqual({ sub: somebody.email, email: somebody.email });
    const [header = '', payload = '', signature = ''] = String(tokens.id_token).split('.');
    const { keys } = (await (await fetch(`${provider.url}/jwks`)).json()) as { keys: [JsonWebKey] };
    const key = createPublicKey({ key: keys[0], format: 'jwk' });
    const signed = Buffer.from(`${header}.${payload}`);
    const options = { key, dsaEncoding: 'ieee-p1363' } as const;
    expect(verify('sha256', signed, options, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(JSON.parse(atob(payload))).toMatchObject({ iss: provider.url, sub: somebody.email });
  });

  test('lets a person in by the example, and denies a wrong password', async () => {
    await expect(signIn(somebody.password, provider.env)).resolves.toBeUndefined();
    await expect(signIn('wrong', provider.env)).rejects.toMatchObject({ name: 'Failure', kind: 'denied' });
  });

  test('does not seem to deny everybody when the secret of the client is wrong', async () => {
    const wrong = { ...provider.env, OIDC_CLIENT_SECRET: 'wrong' };
    await expect(signIn(somebody.password, wrong)).rejects.toMatchObject({ kind: 'status' });
    const before = await lookAt(provider);
    const { code, stdout, stderr } = await stormtest(['login-storm', '--target', 'provider', '--config', OIDC_CONFIG], {
      cwd: folder,
      env: wrong,
    });
    expect(code).toBe(EXIT.notReady);
    expect(stdout).toBe('');
    expect(stderr).toContain('the first person could not sign in: POST /token: 401, expected 200');
    expect(stderr).not.toContain(provider.env.OIDC_CLIENT_SECRET);
    const after = await lookAt(provider);
    expect(Number(after?.failed) - Number(before?.failed)).toBe(1);
  });
});

let plain: Stormed;

describe('an OpenID provider as it comes, in a login storm', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    plain = await stormed({ folder, people });
  }, LONGEST);
  afterAll(() => plain?.provider.stop());

  const during = (phase: string) => looksIn(plain, phase);

  test('dies of a login storm, judged on what it offers', () => {
    const { report, code } = plain;
    expect(report).toMatchObject({ verdict: 'died', validity: { valid: true }, coverage: { value: 1 } });
    expect(code).toBe(EXIT.failed);
    expect(report.gates.filter(({ status }) => status === 'fired').map(({ name }) => name)).toEqual(['not-recovered']);
    expect(report.score.components.map(({ name }) => name)).toEqual(['absorb', 'recover', 'floor']);
    expect(report.target.operations).toEqual(['login']);
    expect(report.run.uncovered.map(({ scenario }) => scenario)).toEqual(['meetings']);
  });

  test('is dead by its own counters: its work is for people who left, and the base load alone makes it more', () => {
    const { first, last } = during('recovery');
    const hashed = last.checkedForDeparted - first.checkedForDeparted;
    // It could do the base load several times over, and does next to nothing for anybody.
    expect(plain.baseRate).toBeLessThan(0.4 * plain.capacity);
    expect(hashed).toBeGreaterThan(100);
    expect(last.granted - first.granted).toBeLessThan(0.05 * hashed);
    expect(last.waiting).toBeGreaterThan(first.waiting);
  });

  test('is not said to need a restart, which it does not', async () => {
    const { kind, says } = gateOf(plain, 'not-recovered');
    const { phases } = plain.report.run;
    const probed = phases
      .filter(({ name }) => name === 'probe')
      .reduce((sum, { fromSeconds, toSeconds }) => sum + toSeconds - fromSeconds, 0);
    const told = plain.report.indicators.find(
      ({ phase, indicator }) => phase === 'probe' && indicator === 'login.queue',
    );
    // A provider that is too busy to answer scrapes does not tell that it is still at work.
    if (Number(told?.looks) > 0.9 * probed) expect(['METASTABLE', 'DRAINING']).toContain(kind);
    expect(says).not.toMatch(/: it takes a restart/);
    const [before] = plain.looks;
    const now = await lookAt(plain.provider);
    await sleep(4_000);
    const later = await lookAt(plain.provider);
    expect(later?.started).toBe(before?.started);
    if (now && now.waiting > 0) expect(later?.waiting).toBeLessThan(now.waiting);
    if (later?.waiting === 0) expect((await tokenFor(plain.provider, somebody)).status).toBe(200);
  });

  test('shows its queue: in the bottleneck, in the mechanism, and in what people waited', () => {
    const { bottleneck, mechanism, counts, indicators } = plain.report;
    expect(bottleneck[0]?.says).toMatch(/^provider: \d+ logins waiting for their password check, \d+ of them/);
    expect(mechanism).toMatchObject({ status: 'found', from: 'target' });
    const queue = indicators.filter(({ indicator }) => indicator === 'login.queue');
    // More than is done while anybody waits: whoever comes last leaves before their turn.
    const patience = plain.report.run.patienceMs / 1_000;
    expect(queue.find(({ phase }) => phase === 'recovery')?.most).toBeGreaterThan(patience * plain.capacity);
    const latency = (phase: string) =>
      counts.find((count) => count.phase === phase && count.cohort === 'everybody')?.latency;
    expect(latency('baseline')?.p90).toMatchObject({ atLeast: false });
    expect(latency('baseline')?.p90?.ms).toBeLessThan(1_000);
    expect(latency('recovery')?.p50).toEqual({ ms: 5_000, atLeast: true });
  });

  test('counts the successes that its people saw', () => {
    expect(plain.report.agreement).toMatchObject([{ class: 'login', agrees: true }]);
    expect(Math.abs(successes(plain) / counted(plain, 'granted') - 1)).toBeLessThan(0.05);
  });

  test('gives its secrets to no file and no stream', () => {
    expect(plain.written.length).toBeGreaterThan(100_000);
    expect(plain.written).not.toContain(plain.provider.env.OIDC_CLIENT_SECRET);
    expect(plain.written).not.toContain(somebody.password);
  });
});

describe('the same provider behind admission control', { timeout: 60_000 }, () => {
  let guarded: Stormed;
  beforeAll(async () => {
    guarded = await stormed({
      folder,
      people,
      mostInside: MOST_INSIDE,
      rounds: plain.provider.rounds,
      baseRate: plain.baseRate,
    });
  }, LONGEST);
  afterAll(() => guarded?.provider.stop());

  test('does not die of the same storm', () => {
    const { report, code } = guarded;
    expect(['survived', 'degraded']).toContain(report.verdict);
    expect(code).toBe(report.verdict === 'survived' ? EXIT.survived : EXIT.failed);
    expect(gateOf(guarded, 'not-recovered').status).toBe('held');
    expect(report.score.components.map(({ name }) => name)).toEqual(['absorb', 'recover', 'floor']);
    expect(Number(report.score.uncapped)).toBeGreaterThan(2 * Number(plain.report.score.uncapped));
    expect(absorbed(guarded)).toBeGreaterThan(0.3 + absorbed(plain));
  });

  test('was asked the same by the same people', () => {
    const load = ({ report: { run } }: Stormed) => [run.seed, run.scale, run.scenarios, run.phases.slice(0, 4)];
    expect(load(guarded)).toEqual(load(plain));
    const offered = ({ report }: Stormed) =>
      report.counts.filter(({ phase }) => phase === 'storm').map(({ cohort, offered }) => [cohort, offered]);
    expect(offered(guarded)).toEqual(offered(plain));
  });

  test('is alive by its own counters: it refuses many, and hashes for those who are there', () => {
    const { first, last } = looksIn(guarded, 'storm');
    expect(last.refused - first.refused).toBeGreaterThan(100);
    expect(last.granted - first.granted).toBeGreaterThan(
      0.8 * (last.checkedForPresent + last.checkedForDeparted - first.checkedForPresent - first.checkedForDeparted),
    );
    expect(Math.max(...guarded.looks.map(({ waiting }) => waiting))).toBeLessThanOrEqual(MOST_INSIDE);
    expect(guarded.report.mechanism.status).toBe('not found');
    expect(guarded.report.counts.some(({ phase, shed }) => phase === 'storm' && shed > 0)).toBe(true);
  });

  test('counts the successes that its people saw', () => {
    expect(guarded.report.agreement).toMatchObject([{ class: 'login', agrees: true }]);
    expect(Math.abs(successes(guarded) / counted(guarded, 'granted') - 1)).toBeLessThan(0.05);
  });

  test('denies wrong passwords, about one login in a hundred, and grants none', () => {
    const { says, status, evidence } = gateOf(guarded, 'wrongly-granted');
    expect(status, says).toBe('held');
    const impostors = guarded.report.counts.filter(({ role }) => role === 'impostor');
    const [tried, all] = [sum(impostors, 'offered'), sum(guarded.report.counts, 'offered')];
    expect(tried / all).toBeGreaterThan(0.004);
    expect(tried / all).toBeLessThan(0.02);
    expect(sum(impostors, 'good')).toBeGreaterThan(0);
    expect(evidence[0]?.says).toContain(', 0 granted, ');
    expect(counted(guarded, 'denied')).toBeGreaterThanOrEqual(sum(impostors, 'eventual'));
    expect(plain.report.gates.find(({ name }) => name === 'wrongly-granted')?.status).not.toBe('fired');
  });
});

function gateOf({ report }: Stormed, name: string) {
  const gate = report.gates.find((one) => one.name === name);
  if (!gate) throw new Error(`no gate ${name}`);
  return gate;
}

function absorbed({ report }: Stormed): number {
  return Number(report.score.components.find(({ name }) => name === 'absorb')?.value);
}

/** Who got in at all, by the report. */
function successes({ report }: Stormed): number {
  return sum(
    report.counts.filter(({ role }) => role !== 'impostor'),
    'eventual',
  );
}

function sum(counts: JsonReport['counts'], what: 'offered' | 'good' | 'eventual'): number {
  return counts.reduce((total, count) => total + count[what], 0);
}
