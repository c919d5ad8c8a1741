import { livekitDeclarationYaml } from '../declarations/livekit.ts';
import type { Detector } from '../detector.ts';
import { answerTo, get } from '../probe.ts';

/** Recognises LiveKit by the check of tokens that comes before its signalling. */
export const livekitDetector: Detector = {
  probes: () => [get(''), get('/rtc/validate')],

  judge(seen) {
    const validate = answerTo(seen, '/rtc/validate');
    if (validate?.status !== 401) return undefined;
    const plain = answerTo(seen, '');
    const says = plain?.status === 200 && plain.body.trim() === 'OK';
    const wantsToken = /permission|token/i.test(validate.body);
    if (!says && !wantsToken) return undefined;
    return {
      is: 'a LiveKit server',
      sure: says,
      because: ['/rtc/validate answers 401: it wants a token', ...(says ? ['/ answers OK and nothing else'] : [])],
      declaration: livekitDeclarationYaml,
    };
  },
};
