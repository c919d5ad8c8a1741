import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, type TestContext, test } from 'vitest';
import { stringify } from 'yaml';
import { EXIT } from '../../core/exit.ts';
import type { JsonReport } from '../../reports/json.ts';
import { endStarted, startBeside } from '../support/command-line.ts';
import { startJanus } from '../support/janus-server.ts';
import { startLivekit } from '../support/livekit-server.ts';
import { needed } from '../support/needed.ts';
import { pathOf } from '../support/real-part.ts';
import { type Strike, TODAY } from '../support/strikes.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const folders = temporaryFolders();
afterAll(endStarted);

/** Skips what has its turn on another day, or needs what is not there. */
function hasItsTurn(strike: Strike, part: 'janus' | 'livekit', context: TestContext): void {
  context.skip(strike !== TODAY, 'its turn comes on another day');
  needed(pathOf(part) !== undefined, part, context);
}

/** Replays an incident as its profile has it, at quick pace, and gives the report. */
async function stormed(profile: string, declared: object, beside: readonly string[] = []): Promise<JsonReport> {
  const folder = folders();
  const file = join(folder, 'stormtest.config.yaml');
  writeFileSync(file, stringify({ targets: { meet: declared } }));
  const args = [profile, '--target', 'meet', '--config', file, '--out', join(folder, 'out'), '--json'];
  const env = { STORMTEST_STATE: join(folder, 'state') };
  const { code, stdout, stderr } = await startBeside(beside, args, { cwd: folder, env }).ended;
  expect([EXIT.survived, EXIT.failed, EXIT.unproven], stderr).toContain(code);
  const report = JSON.parse(stdout) as JsonReport;
  expect(report.run.ended?.reason).toBe('completed');
  return report;
}

const statesOf = ({ faults }: JsonReport) => faults.map(({ history }) => history.map(({ state }) => state));

const mediaIn = ({ media }: JsonReport, phase: string, cohort: string) =>
  media.find((one) => one.phase === phase && one.cohort === cohort);

const gateOf = ({ gates }: JsonReport, name: string) => gates.find((gate) => gate.name === name);

test('LiveKit that is killed and started again in enterprise-cascade has everybody back, and is not blamed for its end', {
  timeout: 240_000,
}, async (context) => {
  hasItsTurn('LiveKit in enterprise-cascade', 'livekit', context);
  const { url, metricsUrl, key, secret, pidFile, restart, stop } = await startLivekit();
  try {
    const metrics = [{ name: 'media-1', url: metricsUrl, presets: ['livekit'] }];
    const services = { media: [{ part: 'media-1', process: { pid: { file: pidFile }, restart } }] };
    const report = await stormed('enterprise-cascade', { kind: 'livekit', url, key, secret, metrics, services });
    expect(statesOf(report)).toEqual([['applied', 'proven', 'lifted']]);
    const { comings, held } = mediaIn(report, 'storm', 'enterprise') ?? {};
    // 48 people, and some of them a second time where the machine is slow.
    expect(comings?.lost).toBeGreaterThanOrEqual(40);
    expect(comings?.back).toBeGreaterThanOrEqual(40);
    expect(held).toBeGreaterThan(0.2);
    expect(held).toBeLessThan(0.95);
    expect(mediaIn(report, 'recovery', 'enterprise')?.held).toBeGreaterThan(0.5);
    // Its own page tells of one end, which the fault was.
    expect(gateOf(report, 'unplanned-death')).toMatchObject({ status: 'held' });
    expect(gateOf(report, 'unplanned-death')?.evidence[0]?.says).toMatch(/^as planned, media-1 had restarted/);
    const told = report.indicators.filter(({ phase }) => phase === 'recovery').map(({ indicator }) => indicator);
    expect(told).toEqual(expect.arrayContaining(['media.packets.out', 'process.cpu', 'join.success']));
    expect(report.mechanism.status).toBe('not covered');
    // With one server whoever is another's tenant goes with it: that is no isolation.
    if (report.validity.valid) expect(['died', 'degraded']).toContain(report.verdict);
  } finally {
    await stop();
  }
});

test('Janus before a full network in bandwidth-wall loses the sound of its people there, and of nobody elsewhere', {
  timeout: 300_000,
}, async (context) => {
  hasItsTurn('Janus in bandwidth-wall', 'janus', context);
  const { url, beside, stop } = await startJanus({ inside: true });
  try {
    const services = { media: [{ part: 'us', relay: 'webrtc' }] };
    const report = await stormed('bandwidth-wall', { kind: 'janus', url, services }, beside);
    expect(statesOf(report)).toEqual([['applied', 'proven', 'lifted']]);
    const [us, eu] = ['us', 'eu'].map((cohort) => mediaIn(report, 'storm', cohort));
    expect(us?.audioLoss).toBeGreaterThan(0.1);
    expect(us?.held).toBeLessThan(0.5);
    expect(eu?.held).toBeGreaterThan(0.7);
    expect(eu?.audioLoss).toBeLessThan(0.05);
    // The only page of metrics is one that it does not have.
    expect(report.mechanism.status).toBe('not covered');
    expect(gateOf(report, 'unplanned-death')).toMatchObject({ status: 'not covered' });
    if (!report.validity.valid) return;
    expect(report.verdict).toBe('died');
    expect(mediaIn(report, 'recovery', 'us')?.held).toBeGreaterThan(0.5);
  } finally {
    await stop();
  }
});
