/** Eyes do not see faster, and every frame costs both processes time that the model needs. */
const FLUSH_MS = 25;

/** Gathers streamed text and hands it on at most forty times a second; nothing is lost or reordered. */
export class ChunkBuffer {
  readonly #send: (text: string) => void;
  #held = '';
  #lastSentAtMs = Number.NEGATIVE_INFINITY;

  constructor(send: (text: string) => void) {
    this.#send = send;
  }

  add(text: string): void {
    this.#held += text;
    if (performance.now() - this.#lastSentAtMs >= FLUSH_MS) this.flush();
  }

  flush(): void {
    if (this.#held === '') return;
    this.#send(this.#held);
    this.#held = '';
    this.#lastSentAtMs = performance.now();
  }
}
