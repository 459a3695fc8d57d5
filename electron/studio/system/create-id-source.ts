const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const RANDOM_BITS = 80n;
const RANDOM_LIMIT = 1n << RANDOM_BITS;

export type IdSourceOptions = {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  /** `count` random bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
};

/**
 * Makes ids in the ULID layout (48 bits of time, 80 random bits, lower-case Crockford base 32). Ids of one source rise strictly,
 * also inside one millisecond and when the clock goes backwards, so that sorting by id is sorting by creation.
 */
export function createIdSource({ nowMs, randomBytes }: IdSourceOptions): () => string {
  let lastMs = 0;
  let lastRandom = 0n;
  return () => {
    const ms = Math.floor(nowMs());
    if (ms > lastMs) {
      lastMs = ms;
      lastRandom = toBigInt(randomBytes(10));
    } else {
      lastRandom += 1n;
      if (lastRandom >= RANDOM_LIMIT) {
        lastMs += 1;
        lastRandom = toBigInt(randomBytes(10));
      }
    }
    return encodeBase32((BigInt(lastMs) << RANDOM_BITS) | lastRandom);
  };
}

function toBigInt(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function encodeBase32(value: bigint): string {
  let text = '';
  for (let rest = value, digit = 0; digit < 26; digit += 1, rest >>= 5n)
    text = (ALPHABET[Number(rest & 31n)] ?? '0') + text;
  return text;
}
