import { monotonic } from '../../../core/clock.ts';
import { NotReady } from '../../not-ready.ts';
import { telling } from '../../telling.ts';
import { Engine } from '../engine/engine.ts';
import type { FromMedia, MediaSetup, ToMedia } from '../thread/messages.ts';
import { type Detours, peerEntrance } from './entrance.ts';
import { nativeWebrtc } from './native.ts';

/**
 * The WebRTC participants' side of their process. A process, because what is native in it can break, and must not take the
 * run with it; the monotonic clock is the machine's, and so the same as in the one that started it. It ends with that.
 * `detours` are the paths of the relay that `reach` names.
 */
export async function servePeers(own: NodeJS.Process, { seed, reach }: MediaSetup, detours: Detours): Promise<void> {
  const tell = telling<FromMedia>(own);
  own.once('disconnect', () => own.exit());
  try {
    const native = await nativeWebrtc();
    const entrance = peerEntrance(native, reach, detours, (id, message) => tell({ did: 'say', id, message }));
    const engine = new Engine({
      ...{ seed, enter: entrance.enter, now: monotonic },
      tell: (id, told) => tell({ did: 'turn', id, told }),
      tellSecond: (second) => tell({ did: 'second', ...second }),
    });
    own.on('message', (message: ToMedia) => {
      if (message.do === 'begin') engine.begin(message.began);
      else if (message.do === 'attend' && 'id' in message.seat)
        void engine.attend(message.id, { ...message.seat, at: message.at }, message.attendee);
      else if (message.do === 'hear') entrance.hear(message.id, message.message);
      else if (message.do === 'leave') engine.leave(message.id);
      else if (message.do === 'stop') {
        engine.stop();
        tell({ did: 'stopped' });
      }
    });
    tell({ did: 'ready' });
  } catch (thrown) {
    if (!(thrown instanceof NotReady)) throw thrown;
    tell({ did: 'not ready', says: thrown.message });
  }
}
