import { expect, test } from 'vitest';
import { Failure } from '../../../core/failure.ts';
import { element, escaped } from '../../../targets/xmpp/markup.ts';
import { childOf, parseStanza } from '../../../targets/xmpp/stanza.ts';

test('an element is read with its namespaces, its text and what is in it', () => {
  const features = parseStanza(
    `<stream:features xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'><mechanisms xmlns='urn:x'><mechanism>PLAIN</mechanism></mechanisms><c a='&lt;1&#33;'/></stream:features>`,
  );
  expect([features.name, features.namespace]).toEqual(['features', 'http://etherx.jabber.org/streams']);
  expect(childOf(features, 'mechanisms', 'urn:x')?.children.map(({ text }) => text)).toEqual(['PLAIN']);
  expect(childOf(features, 'mechanisms', 'urn:y')).toBeUndefined();
  expect(childOf(features, 'c')).toMatchObject({ namespace: 'jabber:client', attributes: { a: '<1!' } });
  expect(parseStanza('<body>a<!-- -->b</body>'.replace('<!-- -->', '<![CDATA[<&]]>')).text).toBe('a<&b');
});

test.each([
  ['garbage', 'garbage <<<'],
  ['nothing', ''],
  ['half an element', '<message><body>'],
  ['two elements', '<a/><b/>'],
  ['a prefix that is not declared', '<stream:features/>'],
  ['an entity that is not declared', '<body>&bomb;</body>'],
  ['a document type', '<!DOCTYPE a [<!ENTITY bomb "boom">]><a>&bomb;</a>'],
  ['a comment', '<a><!-- psst --></a>'],
  ['a processing instruction', '<a><?php ?></a>'],
  ['elements without end in each other', `${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}`],
])('%s is a failure of the target', (_, text) => {
  let thrown: unknown;
  try {
    parseStanza(text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Failure);
  expect(thrown).toMatchObject({
    kind: 'protocol',
    message: expect.stringMatching(/^XMPP: a message that is no stanza/),
  });
});

test('what is written comes back as it was, without what XML cannot hold', () => {
  const text = `<&>"' \u{1f600} ü\0\u0007\ud800!\n`;
  const back = parseStanza(element('a', { x: '"<&\'', y: undefined }, element('b', {}, escaped(text))));
  expect(back.attributes).toEqual({ x: '"<&\'' });
  expect(childOf(back, 'b')?.text).toBe(`<&>"' \u{1f600} ü!\n`);
});
