import type { Injector } from '../../chaos/injector.ts';
import { toxiproxyInjector } from '../../chaos/injectors/toxiproxy.ts';

/** Every way stormtest can put a fault in place. */
export const injectors: readonly Injector[] = [toxiproxyInjector as Injector];
