import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page on the loopback, and a place where pages leave each other messages. */
export interface PageServer {
  readonly url: string;
  stop(): void;
}

/** Serves a script as a page; what is put under a path can be taken from there. */
export async function servePage(script: string): Promise<PageServer> {
  const kept = new Map<string, string>();
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (request.method === 'PUT') {
      let text = '';
      request.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      request.on('end', () => {
        kept.set(path, text);
        response.writeHead(204).end();
      });
    } else if (path === '/')
      response.setHeader('content-type', 'text/html').end(`<!doctype html><p>Hello<script>${script}</script>`);
    else if (kept.has(path)) response.end(kept.get(path));
    else response.writeHead(path === '/favicon.ico' ? 404 : 202).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const SHOWN = `
  const shown = (id) => { const mark = document.createElement('p'); mark.id = id; mark.textContent = id; document.body.append(mark); };`;

/** Two pages that call each other: one sends twelve voices, the other hears them. */
export const CALL_PAGE = `${SHOWN}
  const put = (name, value) => fetch('/' + name, { method: 'PUT', body: JSON.stringify(value) });
  const take = async (name) => {
    for (;;) {
      const answer = await fetch('/' + name);
      if (answer.status === 200) return answer.json();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const call = async (role) => {
    const own = new RTCPeerConnection();
    own.onconnectionstatechange = () => { if (own.connectionState === 'connected') shown('connected'); };
    const gathered = new Promise((resolve) => { own.onicecandidate = ({ candidate }) => { if (!candidate) resolve(); }; });
    if (role === 'send') {
      const sound = new AudioContext();
      await sound.resume();
      for (let voice = 0; voice < 12; voice += 1) {
        const tone = sound.createOscillator();
        const end = sound.createMediaStreamDestination();
        tone.frequency.value = 200 + 30 * voice;
        tone.connect(end);
        tone.start();
        own.addTrack(end.stream.getTracks()[0], end.stream);
      }
      await own.setLocalDescription();
      await gathered;
      await put('offer', own.localDescription);
      await own.setRemoteDescription(await take('answer'));
    } else {
      await own.setRemoteDescription(await take('offer'));
      const answer = await own.createAnswer();
      await own.setLocalDescription({ type: 'answer', sdp: answer.sdp.replaceAll('useinbandfec=1', 'useinbandfec=0;ptime=10') });
      await gathered;
      await put('answer', own.localDescription);
    }
  };`;

/** A client of LiveKit's signalling that does nothing but hear and see. */
export const LIVEKIT_PAGE = `${SHOWN}
  const fieldsOf = (bytes) => {
    const fields = [];
    let at = 0;
    const varint = () => { let [value, scale, byte] = [0, 1, 128]; while (byte > 127) { byte = bytes[at++]; value += (byte & 127) * scale; scale *= 128; } return value; };
    while (at < bytes.length) {
      const tag = varint();
      if (tag % 8 === 0) fields.push([tag >> 3, varint()]);
      else { const size = tag % 8 === 2 ? varint() : tag % 8 === 1 ? 8 : 4; fields.push([tag >> 3, bytes.subarray(at, at += size)]); }
    }
    return fields;
  };
  const messageOf = (...fields) => {
    const bytes = [];
    const varint = (value) => { while (value > 127) { bytes.push(value % 128 + 128); value = Math.floor(value / 128); } bytes.push(value); };
    for (const [number, value] of fields) {
      varint(number * 8 + (typeof value === 'number' ? 0 : 2));
      if (typeof value === 'number') varint(value);
      else { const content = typeof value === 'string' ? new TextEncoder().encode(value) : value; varint(content.length); bytes.push(...content); }
    }
    return Uint8Array.from(bytes);
  };
  const valueIn = (fields, number) => fields.find(([one]) => one === number)?.[1];
  const textIn = (fields, number) => new TextDecoder().decode(valueIn(fields, number));
  const enter = (url) => {
    const own = new RTCPeerConnection();
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    let early = [];
    own.onicecandidate = ({ candidate }) => { if (candidate) socket.send(messageOf([3, messageOf([1, JSON.stringify(candidate)], [2, 1])])); };
    own.ontrack = ({ track, streams }) => {
      const element = document.createElement(track.kind);
      Object.assign(element, { srcObject: streams[0] ?? new MediaStream([track]), autoplay: true, muted: true, width: 320 });
      document.body.append(element);
    };
    socket.onmessage = async ({ data }) => {
      const [[number, value]] = fieldsOf(new Uint8Array(data));
      if (number === 1) shown('joined');
      if (number === 3) {
        const offer = fieldsOf(value);
        await own.setRemoteDescription({ type: 'offer', sdp: textIn(offer, 2) });
        for (const candidate of early.splice(0)) await own.addIceCandidate(candidate);
        await own.setLocalDescription();
        socket.send(messageOf([2, messageOf([1, 'answer'], [2, own.localDescription.sdp], [3, valueIn(offer, 3) ?? 0])]));
      }
      if (number === 4) {
        const trickle = fieldsOf(value);
        if (valueIn(trickle, 2) !== 1) return;
        const candidate = JSON.parse(textIn(trickle, 1));
        if (own.remoteDescription) await own.addIceCandidate(candidate); else early.push(candidate);
      }
    };
  };`;
