import * as z from 'zod';
import { type DisturbanceKind, SERVICES, type ServiceName } from '../../../core/fault.ts';
import { list, mapping, text } from './fields.ts';

const KINDS = [
  ...(['latency', 'bandwidth', 'refusal', 'toxic', 'impairment'] as const),
  ...(['kill', 'pause', 'throttle', 'fill', 'hold'] as const),
] satisfies readonly DisturbanceKind[];

const SPEAKS = 'postgres, greeting, tls, or { http: /path }';

const speaks = z
  .union(
    [
      z.enum(['postgres', 'greeting', 'tls']),
      mapping({ http: text('a path: /healthz').describe('A path that answers when the service does.') }),
    ],
    { error: SPEAKS },
  )
  .describe('What gets an answer out of it, to measure a fault by: postgres, tls, greeting (it speaks first) or http.');

const toxiproxy = mapping({
  proxy: text('the name of a proxy').describe('A proxy of a Toxiproxy that connections of the service go by already.'),
  api: text('http://127.0.0.1:8474').exactOptional().describe('Its API; what --toxiproxy says when left out.'),
  speaks,
}).describe('A proxy of a Toxiproxy that stands before the service.');

const front = mapping({
  upstream: text('host:port')
    .exactOptional()
    .describe('A host and port that people connect to; those of url otherwise.'),
  speaks,
}).describe('A proxy of our own before the target, which the load goes by for the length of a run.');

const relay = z
  .literal('webrtc', { error: 'webrtc' })
  .describe(
    'A relay of our own that media of WebRTC go by for the length of a run; of the people in `part`, a region.',
  );

const PID = 'a process id, or { file: /run/name.pid }';

const process = mapping({
  pid: z
    .union(
      [
        z.int({ error: PID }).positive({ error: PID }),
        mapping({ file: text('/run/name.pid').describe('The file that holds the id.') }),
      ],
      { error: PID },
    )
    .describe('A process on this machine: its id, or the file that holds it.'),
  restart: text('a command').exactOptional().describe('Starts it again after a kill, and does no harm twice.'),
  cgroup: text('/sys/fs/cgroup/…').exactOptional().describe('The folder of its cgroup (v2), to throttle it by.'),
}).describe('A process of the service on this machine.');

const volume = mapping({
  path: text('/srv/recordings').describe('A folder on the volume that is to be filled.'),
  shared: z
    .boolean({ error: 'true or false' })
    .exactOptional()
    .describe('Fill it though it is the root file system, or one that stormtest itself writes to.'),
}).describe('The volume of the service.');

const connections = mapping({
  server: z.enum(['postgres', 'mysql'], { error: 'postgres or mysql' }).describe('What it speaks.'),
  url: text('postgres://user:password@host/database').describe('Where, and as whom; secrets come from ${env.NAME}.'),
}).describe('A database whose connections can be held.');

const command = mapping({
  can: list(z.enum(KINDS, { error: KINDS.join(', ') }), KINDS.join(', ')).describe('The kinds of fault it does.'),
  inject: text('a command').describe('Puts the fault in place.'),
  lift: text('a command').describe('Takes it out again, and does no harm twice.'),
  prove: text('a command').describe('Exits with 0 while the fault is in place.'),
}).describe('Commands of your own.');

const kubectl = mapping({
  context: text('a context of your kubeconfig').describe('The context of the cluster; the current one is never used.'),
  namespace: text('a namespace').describe('The namespace of the pods.'),
  pod: text('the name of a pod').exactOptional().describe('One pod by its name, as of a StatefulSet.'),
  label: text('a selector: app=media').exactOptional().describe('Or the labels of several, of which one is deleted.'),
}).describe('Pods of a Kubernetes cluster, reached by kubectl. Experimental: tried against no cluster.');

const means = mapping({
  part: text('a name').exactOptional().describe('Which part of the service this reaches, where it has several.'),
  toxiproxy: toxiproxy.exactOptional(),
  front: front.exactOptional(),
  relay: relay.exactOptional(),
  process: process.exactOptional(),
  volume: volume.exactOptional(),
  connections: connections.exactOptional(),
  command: command.exactOptional(),
  kubectl: kubectl.exactOptional(),
});

const service = list(
  means,
  'a list of ways: toxiproxy, front, relay, process, volume, connections, command, kubectl',
).describe('Ways to put a fault in this service.');

/** How faults reach the services of a target. */
export const services = mapping(
  Object.fromEntries(SERVICES.map((name) => [name, service.exactOptional()])) as Record<
    ServiceName,
    z.ZodExactOptional<typeof service>
  >,
);
