import type { MessagePort } from 'node:worker_threads';
import { monotonic } from '../../../core/clock.ts';
import { Engine } from '../engine/engine.ts';
import { napping } from '../engine/nap.ts';
import { rtpEntrance } from '../engine/rtp-entrance.ts';
import type { FromMedia, MediaSetup, ToMedia } from './messages.ts';

/**
 * The participants' side of their thread. A thread, so that tens of thousands of datagrams a second keep nobody's arrivals
 * waiting; and no process, because plain RTP has no native part that could take the run down with it, the clock of the
 * machine is the same for both, and a thread ends with the one that started it, whatever becomes of that.
 */
export function serveMedia(port: MessagePort, { seed, reach }: MediaSetup): void {
  const tell = (message: FromMedia) => port.postMessage(message);
  const engine = new Engine({
    ...{ seed, enter: rtpEntrance(reach), now: monotonic, nap: napping(monotonic) },
    tell: (id, told) => tell({ did: 'turn', id, told }),
    tellSecond: (second) => tell({ did: 'second', ...second }),
  });
  port.on('message', (message: ToMedia) => {
    if (message.do === 'begin') engine.begin(message.began);
    else if (message.do === 'attend' && 'key' in message.seat)
      void engine.attend(message.id, message.seat, message.attendee);
    else if (message.do === 'leave') engine.leave(message.id);
    else if (message.do === 'stop') {
      engine.stop();
      tell({ did: 'stopped' });
      port.close();
    }
  });
  tell({ did: 'ready' });
}
