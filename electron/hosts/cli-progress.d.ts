/** The part of cli-progress that is used here; the package brings no types. */
declare module 'cli-progress' {
  export type BarOptions = {
    format: string;
    stream: NodeJS.WritableStream;
    hideCursor: boolean;
    clearOnComplete: boolean;
    barCompleteChar: string;
    barIncompleteChar: string;
    noTTYOutput: boolean;
    notTTYSchedule: number;
    linewrap: boolean;
  };
  export type BarPayload = Readonly<Record<string, string | number>>;
  export class SingleBar {
    constructor(options: Partial<BarOptions>);
    start(total: number, value: number, payload?: BarPayload): void;
    setTotal(total: number): void;
    update(value: number, payload?: BarPayload): void;
    stop(): void;
  }
}
