/** What a LiveKit server is told for it to be on the loopback alone, media included. */
export function livekitSettings({ port, udp, tcp, keys }: LivekitPlace) {
  return {
    port,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: udp,
      tcp_port: tcp,
      use_external_ip: false,
      node_ip: '127.0.0.1',
      enable_loopback_candidate: true,
      interfaces: { includes: ['lo'] },
    },
    keys,
    logging: { level: 'error' },
  };
}

interface LivekitPlace {
  readonly port: number;
  readonly udp: number;
  readonly tcp: number;
  /** The secret of each key. */
  readonly keys: Readonly<Record<string, string>>;
}
