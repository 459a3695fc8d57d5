import { deserialize, serialize } from 'node:v8';

/** A 4096 px raster is 50 MB; anything near this limit is a broken peer. */
const MAX_FRAME_BYTES = 256 * 1024 * 1024;
const HEADER_BYTES = 4;

/** One frame: payload length as little-endian unsigned 32 bit, then the structured clone. Same as electron/engines/process/frame-stream.ts: neither room may import the other. */
export function encodeFrame(value: unknown): Buffer {
  const payload = serialize(value);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  frame.writeUInt32LE(payload.length, 0);
  payload.copy(frame, HEADER_BYTES);
  return frame;
}

/** Cuts a byte stream into frames. Holds at most one unfinished frame. */
export class FrameDecoder {
  #chunks: Buffer[] = [];
  #heldBytes = 0;

  /** Values that became complete with this chunk. Throws when the stream is not made of frames; it is of no use afterwards. */
  push(chunk: Buffer): unknown[] {
    this.#chunks.push(chunk);
    this.#heldBytes += chunk.length;
    const values: unknown[] = [];
    for (;;) {
      const payloadBytes = this.#peekLength();
      if (payloadBytes === null || this.#heldBytes < HEADER_BYTES + payloadBytes) return values;
      const held = this.#join();
      const end = HEADER_BYTES + payloadBytes;
      values.push(deserialize(held.subarray(HEADER_BYTES, end)));
      this.#chunks = end < held.length ? [held.subarray(end)] : [];
      this.#heldBytes = held.length - end;
    }
  }

  #peekLength(): number | null {
    if (this.#heldBytes < HEADER_BYTES) return null;
    const first = this.#chunks[0];
    const header = first !== undefined && first.length >= HEADER_BYTES ? first : this.#join();
    const payloadBytes = header.readUInt32LE(0);
    if (payloadBytes > MAX_FRAME_BYTES) throw new Error(`a frame of ${payloadBytes} bytes is over the limit`);
    return payloadBytes;
  }

  #join(): Buffer {
    const joined =
      this.#chunks.length === 1 && this.#chunks[0] !== undefined ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}
