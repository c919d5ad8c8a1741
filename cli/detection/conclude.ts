import type { Detector, Finding, FoundMetrics } from './detector.ts';
import { metricsIn } from './metrics-pages.ts';
import { answerTo, get, type Seen } from './probe.ts';

/** What a target is taken for after all that was seen of it; pure. */
export interface Conclusion {
  /** Undefined: unknown. */
  readonly finding: Finding | undefined;
  readonly metrics: readonly FoundMetrics[];
  /** What was seen, each a sentence. */
  readonly evidence: readonly string[];
}

/** Concludes from what was seen: the first sure finding, or the first at all, or that nobody knows. */
export function conclude(seen: Seen, host: string, detectors: readonly Detector[]): Conclusion {
  const findings = detectors.flatMap((detector) => detector.judge(seen, host) ?? []);
  const finding = findings.find(({ sure }) => sure) ?? findings[0];
  const metrics = metricsIn(seen);
  const others = findings.filter((other) => other !== finding).map(({ is }) => `it also looks like ${is}`);
  const pages = metrics.map(({ path, presets }) => {
    const known =
      presets.length > 0 ? `of which stormtest knows ${presets.join(', ')}` : 'none of which stormtest knows';
    return `${path} tells metrics, ${known}`;
  });
  const evidence = [...(finding?.because ?? webIn(seen)), ...others, ...pages];
  return { finding, metrics, evidence };
}

/** What any web server tells of itself. */
function webIn(seen: Seen): string[] {
  const answer = answerTo(seen, '');
  if (!answer) {
    const observation = seen.of(get(''));
    return observation?.by === 'nothing' ? [`it does not answer: ${observation.says}`] : [];
  }
  const { server, 'content-type': type } = answer.headers;
  const who = server === undefined ? '' : `, from ${server.replaceAll(/[^\w ./()-]/g, '').slice(0, 60)}`;
  const what = type === undefined ? '' : ` with ${type.replaceAll(/[^\w ./;=+-]/g, '').slice(0, 60)}`;
  return [
    `it answers ${answer.status}${what}${who}: a web server, which says nothing of how people meet there`,
    'no XMPP over WebSocket, no LiveKit, no Janus and no WHIP where they usually are, and no page on which people meet',
  ];
}
