export interface ArrangedKit {
  kit: File | null;
  /** Named relative to the kit's own folder, as the kit names them. */
  files: { name: string; content: File }[];
}

function pathOf(file: File): string {
  return file.webkitRelativePath || file.name;
}

/**
 * Tells the kit file from what it names. The kit is the .json file nearest to the top, one called brand.json before others;
 * files outside its folder are left out. The folder may hold other things: only fonts and pictures are taken.
 */
export function arrangeKitFiles(chosen: readonly File[]): ArrangedKit {
  const depth = (file: File) => pathOf(file).split('/').length;
  const kits = chosen.filter((file) => file.name.toLowerCase().endsWith('.json'));
  const kit =
    kits.toSorted(
      (a, b) => depth(a) - depth(b) || Number(b.name === 'brand.json') - Number(a.name === 'brand.json'),
    )[0] ?? null;
  if (!kit) return { kit: null, files: [] };
  const folder = pathOf(kit).slice(0, pathOf(kit).length - kit.name.length);
  const files = chosen
    .filter((file) => pathOf(file).startsWith(folder) && /\.(svg|png|jpe?g|webp|ttf|otf|woff2?)$/i.test(file.name))
    .map((content) => ({ name: pathOf(content).slice(folder.length), content }));
  return { kit, files };
}
