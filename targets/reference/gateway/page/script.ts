import { MEDIA_SCRIPT } from './media-script.ts';

/** What the page does. Plain JavaScript, since it runs in a browser. */
export const SCRIPT = `(() => {
${MEDIA_SCRIPT}
  const of = (id) => document.getElementById(id);
  const show = (id, shown = true) => { of(id).hidden = !shown; };
  const complaints = ['denied', 'busy', 'broken'];
  let token, signal, media;
  const complain = (status) => show(status === 401 || status === 403 ? 'denied' : [429, 503, 507].includes(status) ? 'busy' : 'broken');
  const calm = () => { for (const one of complaints) show(one, false); };

  const post = async (path, body) => {
    calm();
    try {
      const headers = { 'content-type': 'application/json', ...(token && { authorization: 'Bearer ' + token }) };
      const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
      if (response.ok) return await response.json();
      complain(response.status);
    } catch {
      show('broken');
    }
  };

  of('sign-in').addEventListener('submit', async (event) => {
    event.preventDefault();
    const email = of('email').value;
    const answer = await post('/v1/login', { email, password: of('password').value });
    if (!answer) return;
    token = answer.token;
    of('who').textContent = email;
    show('sign-in', false);
    show('lobby');
  });

  of('new-meeting').addEventListener('click', async () => {
    const answer = await post('/v1/meetings', { name: 'A meeting', key: crypto.randomUUID() });
    if (!answer) return;
    of('meeting-id').textContent = of('meeting').value = answer.id;
    show('made');
  });

  const seated = ({ participants, media: seat }) => {
    of('participants').textContent = participants === 1 ? 'nobody else' : participants - 1 + ' others';
    show('lobby', false);
    show('room');
    if (seat) media = listen(seat, of('picture'), (says) => { of('heard').textContent = says; });
  };

  of('join').addEventListener('click', () => {
    calm();
    const at = new URL('/v1/meetings/' + encodeURIComponent(of('meeting').value) + '/signal?token=' + token, location.href);
    at.protocol = at.protocol.replace('http', 'ws');
    const own = signal = new WebSocket(at);
    let refused = true;
    own.onopen = () => own.send(JSON.stringify({ type: 'join' }));
    own.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === 'joined') { refused = false; seated(message); }
      else if (message.type === 'media') { media?.close(); media = listen(message.media, of('picture'), (says) => { of('heard').textContent = says; }); }
      else if (message.type === 'error') { refused = false; complain(message.code === 'forbidden' ? 403 : message.code === 'full' ? 503 : 500); }
    };
    own.onclose = () => { if (refused) show('broken'); if (own === signal) left(); };
  });

  const left = () => {
    media?.close();
    media = signal = undefined;
    show('room', false);
    show('lobby');
  };
  of('leave').addEventListener('click', () => {
    const own = signal;
    left();
    own?.send(JSON.stringify({ type: 'leave' }));
  });

  globalThis.conference = { received: () => counts };
})();`;
