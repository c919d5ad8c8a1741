import type { Flow } from './flow.ts';

/** The flows of one listener, by the address of their client. */
export interface Flows {
  of(host: string, port: number): Flow | undefined;
  add(host: string, port: number, flow: Flow): void;
  all(): readonly Flow[];
  /** Takes out those that nothing has come through for `SWEEPS` calls, and in which nothing waits. */
  takeSilent(): readonly Flow[];
  takeAll(): readonly Flow[];
}

/** In how many pieces the time is cut after which a silent flow is forgotten. */
export const SWEEPS = 4;

/** Makes an empty table. It goes by host and then by port: one text of both would have to be made for every datagram. */
export function noFlows(): Flows {
  const byHost = new Map<string, Map<number, Flow>>();
  const all = () => [...byHost.values()].flatMap((ofHost) => [...ofHost.values()]);
  return {
    of: (host, port) => byHost.get(host)?.get(port),
    add(host, port, flow) {
      const ofHost = byHost.get(host);
      if (ofHost) ofHost.set(port, flow);
      else byHost.set(host, new Map([[port, flow]]));
    },
    all,
    takeSilent() {
      const silent: Flow[] = [];
      for (const [host, ofHost] of byHost) {
        for (const [port, flow] of ofHost) {
          flow.quiet += 1;
          if (flow.quiet <= SWEEPS || isWaiting(flow)) continue;
          ofHost.delete(port);
          silent.push(flow);
        }
        if (ofHost.size === 0) byHost.delete(host);
      }
      return silent;
    },
    takeAll() {
      const taken = all();
      byHost.clear();
      return taken;
    },
  };
}

function isWaiting({ lanes: { upstream, downstream } }: Flow): boolean {
  return [upstream, downstream].some(({ waiting, overtaken }) => waiting > 0 || overtaken !== undefined);
}
