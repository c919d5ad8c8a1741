import type { Detector } from '../detector.ts';
import { browserDetector } from './browser.ts';
import { janusDetector } from './janus.ts';
import { livekitDetector } from './livekit.ts';
import { referenceDetector } from './reference.ts';
import { whipDetector } from './whip.ts';
import { xmppDetector } from './xmpp.ts';

/** Every kind of system that is recognised; of those that fit, the first sure one counts. */
export const detectors: readonly Detector[] = [
  referenceDetector,
  xmppDetector,
  livekitDetector,
  janusDetector,
  whipDetector,
  // Last, since what serves a page may well be known by more than that.
  browserDetector,
];
