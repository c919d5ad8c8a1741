import { base64OfBytes } from '../http/compile/base64.ts';

/** What a token lets its bearer do (`video` of LiveKit's tokens). */
export interface Grant {
  readonly room?: string;
  readonly roomJoin?: boolean;
  readonly roomCreate?: boolean;
  readonly roomList?: boolean;
}

/** Signs tokens; a token is a JWT with HS256 (RFC 7519). */
export type Signer = (identity: string, name: string, grant: Grant) => Promise<string>;

/** How long tokens are good for, in seconds: longer than any run. */
const LIFETIME = 24 * 3_600;
/** Clocks of two machines may differ by so many seconds. */
const SLACK = 60;

const HEADER = part({ alg: 'HS256', typ: 'JWT' });

/** Signs by an API key and its secret, with the web's own cryptography, which every engine has. */
export function signerOf(key: string, secret: string): Signer {
  const encoder = new TextEncoder();
  let imported: ReturnType<typeof crypto.subtle.importKey> | undefined;
  return async (identity, name, video) => {
    imported ??= crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ]);
    const now = Math.floor(Date.now() / 1_000);
    const claims = part({ iss: key, sub: identity, name, nbf: now - SLACK, exp: now + LIFETIME, video });
    const signed = `${HEADER}.${claims}`;
    const signature = await crypto.subtle.sign('HMAC', await imported, encoder.encode(signed));
    return `${signed}.${urlSafe(base64OfBytes(new Uint8Array(signature)))}`;
  };
}

function part(content: object): string {
  return urlSafe(base64OfBytes(new TextEncoder().encode(JSON.stringify(content))));
}

/** Base64 as URLs carry it (RFC 4648, 5), unpadded. */
function urlSafe(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
