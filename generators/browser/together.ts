import type { MediaWire } from '../participants/thread/media-wire.ts';

type Second = Parameters<Parameters<MediaWire['onSecond']>[0]>[0];

/** So many seconds are waited for at most until a browser has told of one. */
const PATIENCE = 2;

/** Media of native participants, and of a few in browsers among them. */
export function together(native: MediaWire, browser: MediaWire): MediaWire {
  return {
    async ready() {
      await Promise.all([native.ready(), browser.ready()]);
    },
    attend: (seat, ...given) => ('page' in seat ? browser : native).attend(seat, ...given),
    begin(began) {
      native.begin(began);
      browser.begin(began);
    },
    onSecond(listener) {
      const waiting: Second[] = [];
      let told = -1;
      const flush = () => {
        while (waiting[0] && (waiting[0].second <= told || waiting.length > PATIENCE)) {
          listener(waiting[0]);
          waiting.shift();
        }
      };
      native.onSecond((second) => {
        waiting.push(second);
        flush();
      });
      browser.onSecond(({ second }) => {
        told = Math.max(told, second);
        flush();
      });
    },
    get size() {
      return native.size + browser.size;
    },
    close() {
      native.close();
      browser.close();
    },
  };
}
