import { obeyOneOrder } from '../ordered.ts';
import { openEdge } from './server.ts';

/** An edge, which has what the web client is made of near the people, as a process of its own. */
obeyOneOrder(openEdge);
