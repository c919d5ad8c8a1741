import { collectDefaultMetrics, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { Mistakes } from '../../core/mistake.ts';
import { parseExposition } from '../../metrics/exposition.ts';
import { indicatorsOf, nodePreset, PRESETS, referencePreset } from '../../metrics/presets.ts';
import { parseSelector, sumOf } from '../../metrics/selector.ts';

describe('presets', () => {
  it('can all be read', () => {
    for (const [name, indicators] of PRESETS)
      for (const selector of Object.values(indicators)) expect(parseSelector(selector, name).text).toBe(selector);
  });

  it('find the indicators of a Node process in what prom-client exposes of it', async () => {
    const register = new Registry();
    collectDefaultMetrics({ register });
    const exposition = parseExposition(await register.metrics(), register.contentType);
    for (const [name, selector] of Object.entries(nodePreset))
      expect(sumOf(parseSelector(selector), exposition), name).toBeGreaterThanOrEqual(0);
  });

  it('are merged, later ones over earlier ones and the own mapping over all', () => {
    const own = { 'process.cpu': 'my_cpu', participants: 'my_participants' };
    expect(indicatorsOf(own, ['process', 'reference'])).toEqual({ ...referencePreset, ...own });
    expect(indicatorsOf({}, [])).toEqual({});
  });

  it('are refused with every mistake at once', () => {
    const own = { 'login.queu': 'a', 'login.queue': 'a{', 'x.y.z.unheard': 'b' };
    const merge = () => indicatorsOf(own, ['nodee', 'node', 'toString'], 'targets.staging.metrics[0]');
    expect(merge).toThrow(Mistakes);
    expect(merge).toThrow(
      [
        'targets.staging.metrics[0].presets[0]: there is no preset "nodee" (did you mean "node"?)',
        'targets.staging.metrics[0].presets[2]: there is no preset "toString" (known are process, node, reference, reference-media, reference-edge, livekit, prosody)',
        'targets.staging.metrics[0].indicators.login.queu: there is no indicator "login.queu" (did you mean "login.queue"?)',
        'targets.staging.metrics[0].indicators.login.queue: expected a label name or "}" at character 3 of a{ (write it like name{label="value",other=~"a|b"})',
        'targets.staging.metrics[0].indicators.x.y.z.unheard: there is no indicator "x.y.z.unheard" (known are login.success,',
      ].join('\n'),
    );
  });
});
