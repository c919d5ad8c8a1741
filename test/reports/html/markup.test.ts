import { expect, test } from 'vitest';
import { html } from '../../../reports/html/markup.ts';

test('what is put into a template is escaped, in text and in attributes', () => {
  expect(html`<a title="${`"'<&>`}">${'<b>'}</a>`.markup).toBe('<a title="&quot;&#39;&lt;&amp;&gt;">&lt;b&gt;</a>');
});

test('markup put into a template stays markup, alone or in lists, and nothing stays nothing', () => {
  const items = ['a', 'b'].map((item) => html`<li>${item}</li>`);
  expect(html`<ul>${items}${undefined}${false}</ul>${0}`.markup).toBe('<ul><li>a</li><li>b</li></ul>0');
});

test('an object that only looks like markup cannot come from a recording', () => {
  const text = JSON.stringify({ markup: '<script>' });
  expect(html`${text}`.markup).toBe('{&quot;markup&quot;:&quot;&lt;script&gt;&quot;}');
});

test('line breaks that lay the template out are left out, and others part words', () => {
  const words = html`
    <p>
      ${'one'}
      two <b>three</b>
      four
    </p>`;
  expect(words.markup).toBe('<p>one two <b>three</b>four</p>');
});

test('numbers stay with their units', () => {
  expect(html`${'10 % in 5 s, 5 sheep'}`.markup).toBe('10\u00a0% in 5\u00a0s, 5 sheep');
});
