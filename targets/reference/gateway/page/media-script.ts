/**
 * How the page has media: the datagrams of a seat come over a WebSocket. It takes the seat with a STUN binding request
 * (RFC 8489) and keeps it by one every two seconds, counts what comes (RFC 3550), and decodes pictures (VP8, RFC 7741)
 * where the browser has WebCodecs.
 */
export const MEDIA_SCRIPT = `
  const counts = { audio: { packets: 0, lost: 0 }, video: { packets: 0, lost: 0, decoded: 0 }, bytes: 0 };

  const binding = (key) => {
    const name = new TextEncoder().encode(key);
    const size = 4 + name.length + (4 - name.length % 4) % 4;
    const bytes = new Uint8Array(20 + size);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, 1); view.setUint16(2, size); view.setUint32(4, 0x2112a442);
    crypto.getRandomValues(bytes.subarray(8, 20));
    view.setUint16(20, 6); view.setUint16(22, name.length);
    bytes.set(name, 24);
    return bytes;
  };

  const rtpOf = (bytes) => {
    const second = bytes[1] & 0x7f;
    if (bytes.length < 12 || bytes[0] >> 6 !== 2 || (bytes[1] >= 192 && bytes[1] <= 223)) return;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 12 + 4 * (bytes[0] & 0x0f);
    if (bytes[0] & 0x10) at += 4 + 4 * view.getUint16(at + 2);
    return { kind: second === 96 ? 'video' : 'audio', marker: bytes[1] > 127, number: view.getUint16(2),
      time: view.getUint32(4), ssrc: view.getUint32(8), payload: bytes.subarray(at) };
  };

  const vp8Of = (payload) => {
    let at = 1;
    if (payload[0] & 0x80) {
      const has = payload[at++];
      if (has & 0x80) at += payload[at] & 0x80 ? 2 : 1;
      if (has & 0x40) at += 1;
      if (has & 0x30) at += 1;
    }
    return { starts: (payload[0] & 0x17) === 0x10, data: payload.subarray(at) };
  };

  const screenOn = (canvas) => {
    const draw = canvas.getContext('2d');
    let decoder, waiting = true, shown, seenAt = -Infinity, frame = [];
    const open = () => {
      waiting = true;
      decoder = new VideoDecoder({
        output: (picture) => { counts.video.decoded += 1; draw.drawImage(picture, 0, 0, canvas.width, canvas.height); picture.close(); },
        error: () => { decoder = undefined; },
      });
      decoder.configure({ codec: 'vp8' });
    };
    return ({ ssrc, time, marker, payload }, whole) => {
      if (!globalThis.VideoDecoder) return;
      const { starts, data } = vp8Of(payload);
      const now = performance.now();
      if (ssrc !== shown) {
        // Another layer, or somebody else who speaks: a decoder goes on where it can begin, or where nothing else comes.
        const begins = starts && data.length > 0 && (data[0] & 1) === 0;
        if (now - seenAt < (begins ? 200 : 1000)) return;
        shown = ssrc;
        frame = [];
        waiting = true;
      }
      seenAt = now;
      if (starts) frame = [data]; else if (whole) frame.push(data); else { frame = []; waiting = true; }
      if (!marker || frame.length === 0) return;
      const key = (frame[0][0] & 1) === 0;
      const bytes = new Uint8Array(frame.reduce((sum, { length }) => sum + length, 0));
      frame.reduce((at, part) => { bytes.set(part, at); return at + part.length; }, 0);
      frame = [];
      if (!decoder) open();
      if (waiting && !key) return;
      waiting = false;
      try { decoder.decode(new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp: Math.round(time / 0.09), data: bytes })); }
      catch { decoder = undefined; }
    };
  };

  const listen = ({ host, port, key }, canvas, say) => {
    const at = new URL('/v1/media?key=' + encodeURIComponent(key), location.href);
    at.protocol = at.protocol.replace('http', 'ws');
    const socket = new WebSocket(at);
    socket.binaryType = 'arraybuffer';
    const last = new Map();
    const onScreen = screenOn(canvas);
    const keep = () => { if (socket.readyState === 1) socket.send(binding(key)); };
    const kept = setInterval(keep, 2000);
    const told = setInterval(() => say('Heard ' + counts.audio.packets + ' packets of sound, ' + counts.audio.lost + ' lost; saw '
      + counts.video.packets + ' of pictures, ' + counts.video.decoded + ' frames decoded.'), 500);
    socket.onopen = keep;
    socket.onmessage = ({ data }) => {
      const packet = rtpOf(new Uint8Array(data));
      counts.bytes += data.byteLength;
      if (!packet) return;
      const before = last.get(packet.ssrc);
      const ahead = before === undefined ? 1 : (packet.number - before) & 0xffff;
      counts[packet.kind].packets += 1;
      if (ahead < 0x8000) { counts[packet.kind].lost += ahead - 1; last.set(packet.ssrc, packet.number); }
      else counts[packet.kind].lost -= 1;
      if (packet.kind === 'video') onScreen(packet, ahead === 1);
    };
    return { close() { clearInterval(kept); clearInterval(told); socket.close(); } };
  };
`;
