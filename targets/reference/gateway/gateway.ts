import type { AddressInfo } from 'node:net';
import { calibrated } from './calibration.ts';
import { creationsIn } from './creations.ts';
import { openDatabase } from './database.ts';
import { HashQueue } from './hash-queue.ts';
import { meetingsIn } from './meetings.ts';
import { openMetrics } from './metrics.ts';
import { MIGRATION } from './migration.ts';
import type { Order, Report } from './order.ts';
import { Rooms } from './rooms.ts';
import { routesOf } from './routes.ts';
import { listening, serve } from './server.ts';
import { sessionsIn } from './sessions.ts';
import { signal } from './signalling.ts';

/**
 * Opens the gateway as ordered: takes its port, fills the empty database, tunes the hash cost, measures the capacity,
 * and serves.
 */
export async function openGateway(order: Order, log: (line: string) => void): Promise<Report> {
  const { settings, variant, population } = order;
  const server = await listening(order.port);
  const database = await openDatabase(order.database, settings, log);
  const sessions = sessionsIn(database);
  await database.query(MIGRATION);
  const { accounts, calibration } = await calibrated(order, database, sessions, log);
  const capacity = { login: calibration.login };
  const queue = new HashQueue(settings);
  const metrics = openMetrics({ queue, pool: database.pool, refusals: database.refusals });
  const meetings = meetingsIn(database);
  const rooms = new Rooms(settings.seatsPerMeeting);
  const creations = creationsIn(database, settings);
  const routes = routesOf({
    accounts,
    sessions,
    meetings,
    creations,
    queue,
    metrics,
    settings,
    variant,
    population,
    capacity,
  });
  serve(server, { routes, metrics, log });
  signal(server, { sessions, meetings, rooms, metrics, log });
  return { kind: 'ready', port: (server.address() as AddressInfo).port, calibration };
}
