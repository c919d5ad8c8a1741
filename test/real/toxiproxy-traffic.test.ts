import { describeWith } from '../support/real-part.ts';
import { startReal } from '../support/toxiproxy.ts';
import { trafficTests } from '../support/toxiproxy-traffic.ts';

describeWith('toxiproxy', 'connections through the real Toxiproxy', () => trafficTests(startReal));
