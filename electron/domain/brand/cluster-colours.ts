import { parseHex, toLab } from './colour-space.ts';
import type { Lab } from './colour-space.ts';
import { measureColourDifference } from './colour-difference.ts';

export type ColourCluster = {
  readonly hex: string;
  /** Part of the pixels, 0 to 1. */
  readonly share: number;
};

type Pixel = readonly [red: number, green: number, blue: number];
type Group = { lab: Lab; sum: [number, number, number]; count: number; exact: Map<string, number> };

/** Two clusters nearer than this (CIEDE2000) read as one colour. */
const SAME_COLOUR = 10;
/** Smaller parts of a picture are details, not part of its palette. */
const LEAST_SHARE = 0.015;
const ROUNDS = 8;
/** When this part of a cluster has one colour exactly, the cluster is that colour. */
const FLAT_SHARE = 0.3;

const toHex = ([red, green, blue]: Pixel) =>
  `#${[red, green, blue].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
const squared = (a: Lab, b: Lab) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;

/**
 * The main colours of a picture, largest first: k-means in CIE L*a*b*, begun at the pixels that lie farthest from those chosen before, so that the same pixels give the
 * same colours and a small bright accent is not lost.
 */
export function clusterColours(pixels: readonly Pixel[], most: number): ColourCluster[] {
  if (pixels.length === 0) return [];
  const labs = pixels.map((pixel) => toLab([...pixel]));
  let centres = chooseStarts(labs, most + 2);
  let groups: Group[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    groups = centres.map((lab) => ({ lab, sum: [0, 0, 0], count: 0, exact: new Map() }));
    for (const [index, lab] of labs.entries()) {
      const nearest = groups.reduce((best, group) => (squared(lab, group.lab) < squared(lab, best.lab) ? group : best));
      const pixel = pixels[index] ?? [0, 0, 0];
      nearest.sum = [nearest.sum[0] + pixel[0], nearest.sum[1] + pixel[1], nearest.sum[2] + pixel[2]];
      nearest.count += 1;
      const hex = toHex(pixel);
      nearest.exact.set(hex, (nearest.exact.get(hex) ?? 0) + 1);
    }
    groups = groups.filter(({ count }) => count > 0);
    centres = groups.map(({ sum, count }) =>
      toLab(sum.map((value) => Math.round(value / count)) as [number, number, number]),
    );
  }
  return mergeGroups(groups)
    .map((group) => ({ hex: nameGroup(group), share: group.count / pixels.length }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, most);
}

/** A flat area keeps its very colour; a shaded one is its mean. */
function nameGroup({ sum, count, exact }: Group): string {
  const [flat] = [...exact].toSorted(([, a], [, b]) => b - a);
  return flat && flat[1] >= count * FLAT_SHARE
    ? flat[0]
    : toHex(sum.map((value) => value / count) as [number, number, number]);
}

function chooseStarts(labs: readonly Lab[], count: number): Lab[] {
  const [first] = labs;
  if (!first) return [];
  const starts: Lab[] = [first];
  const distances = labs.map((lab) => squared(lab, first));
  while (starts.length < count) {
    const farthest = distances.reduce((best, distance, index) => (distance > (distances[best] ?? 0) ? index : best), 0);
    const next = labs[farthest];
    if (!next || (distances[farthest] ?? 0) === 0) break;
    starts.push(next);
    for (const [index, lab] of labs.entries()) distances[index] = Math.min(distances[index] ?? 0, squared(lab, next));
  }
  return starts;
}

function mergeGroups(groups: readonly Group[]): Group[] {
  const merged: Group[] = [];
  for (const group of groups.toSorted((a, b) => b.count - a.count)) {
    const lab = toLab(parseHex(toHex(group.sum.map((value) => value / group.count) as [number, number, number])));
    const same = merged.find((other) => measureColourDifference(other.lab, lab) < SAME_COLOUR);
    if (same) {
      same.sum = [same.sum[0] + group.sum[0], same.sum[1] + group.sum[1], same.sum[2] + group.sum[2]];
      same.count += group.count;
    } else merged.push({ ...group, lab });
  }
  return merged;
}
