const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of a text's UTF-8 bytes, padded (RFC 4648), for engines that have no such function of their own. */
export function base64(text: string): string {
  return base64OfBytes(new TextEncoder().encode(text));
}

/** Base64 of bytes, padded. */
export function base64OfBytes(bytes: Uint8Array): string {
  let encoded = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let digit = 0; digit < 4; digit += 1)
      encoded += i + digit > bytes.length ? '=' : ALPHABET.charAt((group >> (18 - 6 * digit)) & 63);
  }
  return encoded;
}
