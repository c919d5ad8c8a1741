import type { Injectors } from '../../chaos/injector.ts';
import { commandInjector } from '../../chaos/injectors/command.ts';
import { connectionsInjector } from '../../chaos/injectors/connections.ts';
import { kubectlInjector } from '../../chaos/injectors/kubectl.ts';
import { processInjector } from '../../chaos/injectors/process.ts';
import { relayInjector } from '../../chaos/injectors/relay.ts';
import { toxiproxyInjector } from '../../chaos/injectors/toxiproxy.ts';
import { volumeInjector } from '../../chaos/injectors/volume.ts';

/** Every way stormtest can put a fault in place; `own` are folders it writes to itself. */
export function injectorsBeside(own: readonly string[]): Injectors {
  return {
    toxiproxy: toxiproxyInjector,
    relay: relayInjector,
    process: processInjector,
    volume: volumeInjector({ own }),
    connections: connectionsInjector,
    command: commandInjector,
    kubectl: kubectlInjector,
  };
}
