import type { Failure } from '../../core/failure.ts';
import type { Conversation } from './conversation.ts';
import type { Feed } from './publishers.ts';
import { ROOM_ERROR, refusalIn } from './refusal.ts';
import type { RoomId } from './rooms.ts';
import { attaching } from './session.ts';
import type { Told } from './told.ts';

/** What somebody receives in a room: one handle with one connection for everybody else who sends there. */
export interface Subscription {
  /** Asks for what is wanted, from now on. */
  begin(): void;
  /** Wants what others send. */
  want(feeds: readonly Feed[]): void;
  /** Somebody does not send any more. */
  gone(feed: Feed): void;
  /** Gives the answer to the offer that was heard last. */
  answer(sdp: string): void;
  /** The handle, once there is one. */
  readonly handle: number | undefined;
}

interface SubscriptionParts {
  readonly room: RoomId;
  /** Says who it is that receives, where the room asks for it. */
  readonly privateId: unknown;
  readonly tell: Conversation['tell'];
  readonly failed: (failure: Failure) => void;
}

/**
 * Receives what others send. One request at a time: who comes meanwhile is wanted by the next one. Offers are not heard
 * here, as the server makes them by itself, too, when somebody has gone.
 */
export function subscriptionIn({ room, privateId, tell, failed }: SubscriptionParts): Subscription {
  const wishes = wishesOf();
  let handle: number | undefined;
  let isJoined = false;
  let isBusy = true;
  const send = (what: string, body: object, done: (told: Told) => void, jsep?: object) => {
    if (handle === undefined) return;
    tell({ janus: 'message', handle_id: handle, body, ...(jsep && { jsep }) }, (told) => {
      const refusal = told.data.error_code === ROOM_ERROR.noSuchFeed ? undefined : refusalIn(what, told);
      if (refusal) failed(refusal);
      else done(told);
    });
  };
  const subscribe = (feeds: readonly Feed[]) => {
    const streams = feeds.map((feed) => ({ feed }));
    const joining = { request: 'join', ptype: 'subscriber', room, private_id: privateId, use_msid: true, streams };
    send('subscribing', isJoined ? { request: 'subscribe', streams } : joining, ({ data, jsep }) => {
      const isRefused = data.error_code !== undefined;
      if (isRefused) wishes.failed(feeds);
      else isJoined = true;
      // Offers are answered first; where the last one is not answered yet, another is to come.
      if (isRefused || (!jsep && data.videoroom !== 'updating')) next();
    });
  };
  const next = () => {
    isBusy = wishes.some();
    if (!isBusy) return;
    if (handle !== undefined) return subscribe(wishes.taken());
    tell(attaching('videoroom'), (told) => {
      const refusal = refusalIn('attaching the plugin', told);
      if (refusal) return failed(refusal);
      handle = told.made;
      next();
    });
  };
  return {
    begin: next,
    want(feeds) {
      wishes.add(feeds);
      if (!isBusy) next();
    },
    gone: wishes.drop,
    answer: (sdp) => send('receiving', { request: 'start' }, next, { type: 'answer', sdp }),
    get handle() {
      return handle;
    },
  };
}

/** Who is wanted. One of several who has just gone lets all of a request fail: then they are asked for one by one. */
function wishesOf() {
  let wanted: readonly Feed[] = [];
  let isCareful = false;
  return {
    some: () => wanted.length > 0,
    add(feeds: readonly Feed[]) {
      wanted = [...wanted, ...feeds];
    },
    drop(feed: Feed) {
      wanted = wanted.filter((one) => one !== feed);
    },
    taken() {
      const feeds = isCareful ? wanted.slice(0, 1) : wanted;
      wanted = wanted.slice(feeds.length);
      if (wanted.length === 0) isCareful = false;
      return feeds;
    },
    failed(feeds: readonly Feed[]) {
      if (feeds.length < 2) return;
      isCareful = true;
      wanted = [...feeds, ...wanted];
    },
  };
}
