import type { AddressInfo } from 'node:net';
import { admission } from './admission.ts';
import { calibrated } from './calibration.ts';
import { creationsIn } from './creations.ts';
import { openDatabase } from './database.ts';
import { doorAt } from './door.ts';
import { HashQueue } from './hash-queue.ts';
import { fillHistory } from './history.ts';
import { Scheduler } from './media/scheduler.ts';
import { meetingsIn } from './meetings.ts';
import { openMetrics } from './metrics.ts';
import { MIGRATION } from './migration.ts';
import type { Order, Report } from './order.ts';
import { recordingsIn } from './recordings.ts';
import { reportsIn } from './reports.ts';
import { Rooms } from './rooms.ts';
import { routesOf } from './routes.ts';
import { listening, serve } from './server.ts';
import { sessionsIn } from './sessions.ts';
import { signal } from './signalling.ts';
import { ticketsIn } from './tickets.ts';
import { webClientOf } from './web-client.ts';

/**
 * Opens the gateway as ordered: takes its port, fills the empty database, tunes the hash cost, measures the capacity,
 * and serves.
 */
export async function openGateway(order: Order, log: (line: string) => void): Promise<Report> {
  const { settings, variant, population } = order;
  const server = await listening(order.port);
  const postgres = await openDatabase(order.database, settings, log);
  const database = postgres.for('other');
  await database.query(MIGRATION);
  const sessions = sessionsIn(postgres.for('login'));
  const { accounts, calibration } = await calibrated(order, database, sessions, log);
  await fillHistory(database, settings.historyRows);
  const queue = new HashQueue(settings);
  const tickets = ticketsIn(postgres.for('ticket'), settings, log);
  const media = order.media && (await Scheduler.open({ ...order.media, log }));
  const recordings = order.recordings && recordingsIn(order.recordings.folder, settings, log);
  const rooms = new Rooms(settings.seatsPerMeeting);
  const webClient = order.edges && webClientOf(order.edges, settings);
  const metrics = openMetrics({ queue, tickets, ...postgres, media, recordings, webClient });
  const routes = routesOf({
    ...{ accounts, sessions, queue, tickets, metrics, settings, variant, population, media: order.media },
    ...{ recordings, rooms, webClient, edges: order.edges },
    admission: admission(settings.loginsUnderWay, 'too many people are signing in'),
    capacity: { login: calibration.login },
    meetings: meetingsIn(database),
    creations: creationsIn(postgres.for('create'), settings),
    reports: reportsIn(postgres.for('report'), settings),
  });
  const { port } = server.address() as AddressInfo;
  const door = doorAt(port, settings.doorWait);
  serve(server, { routes, metrics, door, log });
  const joins = postgres.for('join');
  const people = { sessions: sessionsIn(joins), meetings: meetingsIn(joins), rooms };
  signal(server, { ...people, media, metrics, door, settings, log });
  return { kind: 'ready', port, calibration };
}
