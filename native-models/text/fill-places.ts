import type { TextJob } from '../../electron/contract/engine-protocol.ts';

type Instructions = NonNullable<TextJob['instructions']>;
export type FilledInstructions = {
  readonly system: string;
  readonly user: string;
  readonly leftOut: readonly string[];
};

/**
 * Instructions with as many of their spare lines as `fits` lets in, whole lines only, the first ones first. `fits` is asked about a dozen times, because it
 * counts tokens.
 */
export function fillPlaces(
  { system, user, spare }: Instructions,
  fits: (system: string, user: string) => boolean,
): FilledInstructions {
  const all = spare.flatMap(({ place, lines }) => lines.map((line) => ({ place, line })));
  const places = new Set(spare.map(({ place }) => place));
  const fill = (count: number) => {
    const kept = all.slice(0, count);
    // Only a place that is a line of its own: what people write may look like one.
    const write = (place: string) => kept.flatMap((entry) => (entry.place === place ? [entry.line] : []));
    const filled = user.split('\n').flatMap((line) => {
      if (!places.has(line)) return [line];
      const lines = write(line);
      return lines.length === 0 ? ['(none)'] : lines;
    });
    return filled.join('\n');
  };
  let [least, most] = [0, all.length];
  if (!fits(system, fill(most))) {
    while (least < most - 1) {
      const middle = Math.floor((least + most) / 2);
      if (fits(system, fill(middle))) least = middle;
      else most = middle;
    }
    most = least;
  }
  return { system, user: fill(most), leftOut: all.slice(most).map(({ line }) => line) };
}
