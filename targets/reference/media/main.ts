import { obeyOneOrder } from '../ordered.ts';
import { openMediaServer } from './server.ts';

/** A media server as a process of its own. */
obeyOneOrder(openMediaServer);
