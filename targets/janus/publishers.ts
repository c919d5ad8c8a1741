import { type Mapping, mappingsIn } from './told.ts';

/** What somebody who sends in a room is called by. */
export type Feed = number | string;

/** Who sends in a room, by what the plugin says of it. */
export function publishersIn({ publishers }: Mapping): readonly Feed[] {
  return mappingsIn(publishers).flatMap(({ id }) => (isFeed(id) ? [id] : []));
}

/** Who does not send any more; undefined when nothing is said of that. */
export function goneIn({ unpublished, leaving }: Mapping): Feed | undefined {
  const gone = unpublished ?? leaving;
  return isFeed(gone) ? gone : undefined;
}

function isFeed(id: unknown): id is Feed {
  return typeof id === 'number' || typeof id === 'string';
}
