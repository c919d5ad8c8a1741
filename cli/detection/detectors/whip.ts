import { whipDeclarationYaml } from '../declarations/whip.ts';
import type { Detector } from '../detector.ts';
import { answerTo, type HttpProbe } from '../probe.ts';

const PATHS = ['/whip', '/whip/endpoint', '/rtc/v1/whip/'];

/** Recognises WHIP (RFC 9725) by the type of body that an endpoint says it takes. */
export const whipDetector: Detector = {
  probes: () => PATHS.map((path): HttpProbe => ({ by: 'http', method: 'OPTIONS', path })),

  judge(seen) {
    const path = PATHS.find((one) => {
      const { status = 0, headers = {} } = answerTo(seen, one, 'OPTIONS') ?? {};
      return status < 300 && /application\/sdp/i.test(headers['accept-post'] ?? '');
    });
    if (path === undefined) return undefined;
    return {
      is: 'a WHIP endpoint',
      sure: true,
      because: [`OPTIONS ${path} says that it takes application/sdp (RFC 9725)`],
      declaration: (url, metrics) => whipDeclarationYaml(url, path, metrics),
    };
  },
};
