import type { Detector } from '../detector.ts';
import { answerTo, get } from '../probe.ts';

/** Recognises a reference target that somebody keeps running: it says so. */
export const referenceDetector: Detector = {
  probes: () => [get('/v1/about')],

  judge(seen) {
    if (!answerTo(seen, '/v1/about')?.body.includes('"stormtest-reference"')) return undefined;
    return {
      is: 'the reference target of stormtest',
      sure: true,
      because: ['/v1/about says so'],
      instead: 'it needs no configuration: give its address as --target',
    };
  },
};
