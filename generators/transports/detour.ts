import { connect as connectTcp, type NetConnectOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { buildConnector } from 'undici';
import type { Detours, Reach } from './wire.ts';

/** Where connections to a host and port really go, when something has been put between. */
function wayTo(detours: Detours, host: string, port: string, isTls: boolean) {
  return detours[`${host.replace(/^\[|\]$/g, '')}:${port || (isTls ? '443' : '80')}`];
}

/** Connects for HTTP as undici does, but by the detours there are; the target's name stays what TLS is asked for. */
export function connectorBy(detours: Detours, options: buildConnector.BuildOptions): buildConnector.connector {
  const connector = buildConnector(options);
  return (asked, callback) => {
    const way = wayTo(detours, asked.hostname, asked.port, asked.protocol === 'https:');
    if (!way) return connector(asked, callback);
    const servername = asked.servername || asked.hostname;
    return connector({ ...asked, hostname: way.host, host: way.host, port: String(way.port), servername }, callback);
  };
}

/** The same for WebSockets; undefined when their address has no detour. */
export function socketBy({ detours = {}, insecureTls }: Reach, url: string): (() => Socket) | undefined {
  const { protocol, hostname, port } = new URL(url);
  const isTls = protocol === 'wss:' || protocol === 'https:';
  const way = wayTo(detours, hostname, port, isTls);
  if (!way) return undefined;
  const options: NetConnectOpts = { host: way.host, port: way.port };
  return () =>
    isTls
      ? connectTls({ ...options, servername: hostname, rejectUnauthorized: !insecureTls, ALPNProtocols: ['http/1.1'] })
      : connectTcp(options);
}
