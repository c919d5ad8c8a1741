import type { Profile } from '../core/profile.ts';
import { fiveHundredUserCeiling } from './500-user-ceiling.ts';
import { bandwidthWall } from './bandwidth-wall.ts';
import { cdnBrownout } from './cdn-brownout.ts';
import { connectionExhaustion } from './connection-exhaustion.ts';
import { covidSurge } from './covid-surge.ts';
import { creationSpike } from './creation-spike.ts';
import { crossRegionLatency } from './cross-region-latency.ts';
import { enterpriseCascade } from './enterprise-cascade.ts';
import { greatOutage } from './great-outage.ts';
import { loginStorm } from './login-storm.ts';
import { peakCongestion } from './peak-congestion.ts';
import { recordingDiskFull } from './recording-disk-full.ts';
import { slowQueries } from './slow-queries.ts';
import { thermalThrottle } from './thermal-throttle.ts';
import { ticketFlood } from './ticket-flood.ts';

/** Every built-in profile, oldest incident first; each is a command of the same name. */
export const profiles: readonly Profile[] = [
  fiveHundredUserCeiling,
  creationSpike,
  recordingDiskFull,
  enterpriseCascade,
  peakCongestion,
  slowQueries,
  crossRegionLatency,
  thermalThrottle,
  bandwidthWall,
  loginStorm,
  connectionExhaustion,
  cdnBrownout,
  ticketFlood,
  greatOutage,
  covidSurge,
];

/** Profiles whose known answers have not been seen yet: no command is made of them before they are. */
export const unproven: readonly Profile[] = [];
