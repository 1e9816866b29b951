const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford base32: no i, l, o, u

/**
 * A new client-made id: 26 characters, 128 bits as in a ULID (48 of time, 80 random).
 * Ids of one client sort by time, to the millisecond; the server treats them as opaque.
 */
export function clientId(now: number = Date.now()): string {
  let id = "";
  for (let rest = now, i = 0; i < 10; i++) {
    id = ALPHABET.charAt(rest % 32) + id;
    rest = Math.floor(rest / 32);
  }
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += ALPHABET.charAt(byte & 31);
  return id;
}
