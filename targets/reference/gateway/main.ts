import { obeyOneOrder } from '../ordered.ts';
import { openGateway } from './gateway.ts';

/** The gateway as a process of its own. */
obeyOneOrder(openGateway);
