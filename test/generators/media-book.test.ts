import { expect, test } from 'vitest';
import type { MediaFacts } from '../../core/media.ts';
import { MediaBook } from '../../generators/media-book.ts';

const key = { scenario: 'storm', cohort: 'everybody' };
const facts = (changes: Partial<MediaFacts> = {}): MediaFacts => ({
  ...{ audio: { packets: 50, lost: 1 }, video: { packets: 90, lost: 0 }, bytesReceived: 9_000, bytesSent: 0 },
  ...{ freezes: 0, frozen: 200, watched: 1_000, ...changes },
});

test('who has a decoder is told apart, and is among everybody all the same', () => {
  const book = new MediaBook();
  book.second(key, 7, facts());
  book.second(key, 7, facts({ decoded: 25 }));
  book.second(key, 7, facts({ decoded: 0, breach: 'silent' }));
  book.second(key, 7, undefined);
  expect(book.take()).toMatchObject([
    {
      ...{ second: 7, participants: 4, held: 2, decoded: 25, audio: { packets: 150, lost: 3 }, frozen: 600 },
      browsers: {
        ...{ participants: 2, held: 1, audio: { packets: 100, lost: 2 }, video: { packets: 180, lost: 0 } },
        ...{ frozen: 400, watched: 2_000 },
      },
    },
  ]);
  book.second(key, 8, facts());
  expect(book.take()[0]?.browsers).toBeUndefined();
});
