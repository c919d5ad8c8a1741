import { describeWith } from '../support/real-part.ts';
import { startReal } from '../support/toxiproxy.ts';
import { clientTests } from '../support/toxiproxy-client.ts';

describeWith('toxiproxy', 'the client and the real Toxiproxy', () => clientTests(startReal));
