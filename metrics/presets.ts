import { INDICATORS, type IndicatorName } from '../core/indicator.ts';
import { type Mistake, Mistakes } from '../core/mistake.ts';
import { nearest } from '../core/nearest.ts';
import { mistakesOfSelector } from './selector.ts';

/** Selectors by indicator. */
export type Indicators = Readonly<Partial<Record<IndicatorName, string>>>;

/** What the client libraries of every language expose of their process. */
export const processPreset: Indicators = {
  'process.cpu': 'process_cpu_seconds_total',
  'process.memory': 'process_resident_memory_bytes',
  'process.started': 'process_start_time_seconds',
};

/** What prom-client exposes of a Node process. */
export const nodePreset: Indicators = {
  ...processPreset,
  'eventloop.lag': 'nodejs_eventloop_lag_seconds',
};

/** The gateway of the reference target. */
export const referencePreset: Indicators = {
  ...nodePreset,
  'login.success': 'reference_logins_total{result="granted"}',
  'login.refused': 'reference_logins_total{result="refused"}',
  'login.wasted': 'reference_hashes_total{for="departed"}',
  'login.queue': 'reference_login_queue_length',
  'login.queue.departed': 'reference_login_queue_departed',
  'create.success': 'reference_meetings_created_total',
  'join.success': 'reference_joins_total{result="joined"}',
  'join.refused': 'reference_joins_total{result="full"}',
  'chat.success': 'reference_chat_messages_total',
  'search.success': 'reference_reports_total{result="answered"}',
  'search.refused': 'reference_reports_total{result="refused"}',
  'ticket.success': 'reference_tickets_total{result="taken"}',
  'ticket.queue': 'reference_ticket_queue_length',
  'ticket.overwritten': 'reference_tickets_overwritten_total',
  'record.success': 'reference_recordings_total{result="kept"}',
  'record.refused': 'reference_recordings_total{result="refused"}',
  'record.errors': 'reference_recording_write_errors_total',
  'record.room': 'reference_recordings_free_bytes',
  participants: 'reference_participants',
  'media.servers': 'reference_media_servers',
  'media.lost': 'reference_media_seats_lost_total',
  'database.pool.used': 'reference_database_pool_used',
  'database.pool.waiting': 'reference_database_pool_waiting',
  'join.wait': 'reference_database_wait_seconds_total{for="join"}',
  'database.exhausted': 'reference_database_refusals_total{code="53300"}',
  'database.deadlocks': 'reference_database_refusals_total{code="40P01"}',
  'overflow.success': 'reference_origin_requests_total',
  'requests.shed': 'reference_requests_shed_total',
  'requests.active': 'reference_http_requests_active',
};

/** A media server of the reference target. */
const referenceMediaPreset: Indicators = {
  ...nodePreset,
  'media.seats': 'reference_media_seats',
  'media.meetings': 'reference_media_meetings',
  'media.packets.in': 'reference_media_packets_in_total{kind=~"audio|video"}',
  'media.packets.out': 'reference_media_packets_out_total{kind=~"audio|video"}',
  'media.bytes.out': 'reference_media_bytes_out_total{kind=~"audio|video"}',
  'media.video.out': 'reference_media_bytes_out_total{kind="video"}',
  'media.path.delay': 'reference_media_worst_path_delay_seconds',
  'media.link.used': 'reference_media_egress_used',
  'media.undelivered': 'reference_media_undelivered_total',
  'media.queue': 'reference_media_queue_packets',
  'media.drops': 'reference_media_drops_total{cause=~"queue|unread|unsent"}',
};

/** An edge of the reference target. */
const referenceEdgePreset: Indicators = {
  ...nodePreset,
  'edge.bytes': 'reference_edge_bytes_total',
  'edge.connections': 'reference_edge_connections',
};

/** A LiveKit server (1.13); it does not count who shows a token without joining. */
const livekitPreset: Indicators = {
  ...processPreset,
  'create.success': 'livekit_node_twirp_request_status{service="RoomService",method="CreateRoom",status="200"}',
  'join.success': 'livekit_participant_join_total{state="signal_connected"}',
  participants: 'livekit_participant_total',
  'media.meetings': 'livekit_room_total',
  'media.packets.in': 'livekit_packet_total{direction="incoming"}',
  'media.packets.out': 'livekit_packet_total{direction="outgoing"}',
  'media.bytes.out': 'livekit_packet_bytes{direction="outgoing"}',
  'media.undelivered': 'livekit_packet_loss_total{direction="outgoing"}',
};

/** What mod_http_openmetrics of Prosody 0.12 tells: nothing of logins, joins or its process. */
const prosodyPreset: Indicators = {
  sessions: 'prosody_mod_c2s__connections{type="c2s"}',
  meetings: 'prosody_mod_muc__live_room',
};

/** Every preset by the name a configuration calls it. */
export const PRESETS: ReadonlyMap<string, Indicators> = new Map([
  ['process', processPreset],
  ['node', nodePreset],
  ['reference', referencePreset],
  ['reference-media', referenceMediaPreset],
  ['reference-edge', referenceEdgePreset],
  ['livekit', livekitPreset],
  ['prosody', prosodyPreset],
]);

/**
 * The indicators of a metrics source: what its presets map, later ones over earlier ones, and its own mapping over all
 * of them. Throws Mistakes with everything that is wrong at once: unknown presets and indicators, unreadable selectors.
 */
export function indicatorsOf(
  own: Readonly<Record<string, string>>,
  presets: readonly string[],
  where = 'metrics',
): Indicators {
  const mistakes = [...mistakesOfPresets(presets, where), ...mistakesOfIndicators(own, where)];
  if (mistakes.length > 0) throw new Mistakes(mistakes);
  return Object.assign({}, ...presets.map((name) => PRESETS.get(name)), own);
}

function* mistakesOfPresets(presets: readonly string[], where: string): Generator<Mistake> {
  for (const [at, name] of presets.entries())
    if (!PRESETS.has(name)) yield unknown(`${where}.presets[${at}]`, 'preset', name, [...PRESETS.keys()]);
}

function* mistakesOfIndicators(own: Readonly<Record<string, string>>, where: string): Generator<Mistake> {
  for (const [name, selector] of Object.entries(own)) {
    const place = `${where}.indicators.${name}`;
    if (!Object.hasOwn(INDICATORS, name)) yield unknown(place, 'indicator', name, Object.keys(INDICATORS));
    yield* mistakesOfSelector(selector, place);
  }
}

function unknown(where: string, kind: string, name: string, known: readonly string[]): Mistake {
  const meant = nearest(name, known);
  const mend = meant === undefined ? `known are ${known.join(', ')}` : `did you mean "${meant}"?`;
  return { where, what: `there is no ${kind} "${name}"`, mend };
}
