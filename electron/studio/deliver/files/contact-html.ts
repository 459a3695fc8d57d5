import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Manifest } from '../../../contract/delivery.ts';
import type { Raster } from '../../../contract/engine-protocol.ts';
import type { NameFormat } from './delivery-item.ts';

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 48px; font: 14px/1.45 system-ui, sans-serif; background: #f6f6f6; color: #1c1c1c; }
h1 { margin: 0 0 4px; font-size: 28px; font-weight: 650; }
header p { margin: 0 0 40px; color: #5c5c5c; }
ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 36px 28px; margin: 0; padding: 0; list-style: none; }
li { display: flex; flex-direction: column; justify-content: flex-end; }
img { display: block; max-width: 100%; }
h2 { margin: 12px 0 0; font-size: 14px; font-weight: 600; }
li p { margin: 2px 0 0; color: #5c5c5c; }
.failed { color: #a4231b; }
a { color: inherit; }
details { margin-top: 6px; color: #5c5c5c; }
code { font: 12px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #efefef; } header p, li p, details { color: #a8a8a8; } .failed { color: #ff8a80; } }
@media print { body { margin: 12mm; background: #fff; } li { break-inside: avoid; } }
`;

export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

async function toDataUrl({ width, height, rgb }: Raster): Promise<string> {
  const webp = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .webp({ quality: 78 })
    .toBuffer();
  return `data:image/webp;base64,${webp.toString('base64')}`;
}

async function writeEntry(
  file: Manifest['files'][number],
  thumb: Raster | undefined,
  nameFormat: NameFormat,
): Promise<string> {
  const marks = [file.status, file.stars > 0 ? `${file.stars} stars` : '', file.flag === 'none' ? '' : file.flag]
    .filter((mark) => mark !== '')
    .join(', ');
  const title = file.origin === 'made' ? file.headline : file.source.fileName;
  const image = thumb
    ? `<a href="${escapeHtml(encodeURIComponent(file.file))}"><img src="${await toDataUrl(thumb)}" width="${thumb.width}" height="${thumb.height}" alt="${escapeHtml(title)}"></a>`
    : '';
  const head = `<li>${image}\n<h2>${escapeHtml(title)}</h2>`;
  if (file.origin === 'imported') {
    const { medium, source, width, height } = file;
    const size = width > 0 ? `, ${width} × ${height}` : '';
    const at = new Date(source.atMs).toISOString().slice(0, 10);
    return `${head}
<p>Imported ${medium}${size}; ${escapeHtml(marks)}</p>
<p>Brought in by ${escapeHtml(source.by === '' ? 'somebody' : source.by)} on ${at}, as it came</p>
</li>`;
  }
  const failed = file.report.checks.filter(({ passed }) => !passed);
  const compliance =
    failed.length === 0
      ? '<p>Passes all checks</p>'
      : failed.map(({ name, reason }) => `<p class="failed">${escapeHtml(name)}: ${escapeHtml(reason)}</p>`).join('');
  const { recipe } = file;
  return `${head}
<p>${escapeHtml(nameFormat(file.formatId))}, ${file.width} × ${file.height}, ${escapeHtml(file.locale)}; ${escapeHtml(marks)}</p>
${compliance}
<details><summary>Recipe</summary><code>${escapeHtml(file.file)}<br>model ${escapeHtml(recipe.model.name)}<br>seed ${recipe.seed}, ${recipe.steps} steps, ${escapeHtml(recipe.scheduler)}<br>${escapeHtml(recipe.prompt)}</code></details>
</li>`;
}

/** A page that shows all pictures of an export. It holds no script, loads nothing, and its content security policy forbids both. */
export async function writeContactHtml(
  manifest: Manifest,
  thumbs: readonly Raster[],
  nameFormat: NameFormat,
): Promise<string> {
  const styleHash = createHash('sha256').update(STYLE).digest('base64');
  const entries: string[] = [];
  for (const [index, file] of manifest.files.entries()) entries.push(await writeEntry(file, thumbs[index], nameFormat));
  const brands = manifest.brands.map(({ name, number }) => `${name}, version ${number}`).join('; ');
  const count = manifest.files.length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(manifest.name)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(manifest.name)}</h1>
<p>${count} ${count === 1 ? 'picture' : 'pictures'}. ${escapeHtml(brands)}. Made ${new Date(manifest.createdAtMs).toISOString().slice(0, 16).replace('T', ' ')} UTC.</p>
</header>
<ul>
${entries.join('\n')}
</ul>
</body>
</html>
`;
}
