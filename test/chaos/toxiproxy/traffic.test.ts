import { describe } from 'vitest';
import { startOurs } from '../../support/toxiproxy.ts';
import { trafficTests } from '../../support/toxiproxy-traffic.ts';

describe('connections through the embedded Toxiproxy', () => trafficTests(startOurs));
