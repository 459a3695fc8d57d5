import type { PaletteColour } from '../../../electron/contract/brand.ts';
import { contrastRatio, parseHex, toLuminance } from '../../../electron/domain/brand/colour-space.ts';
import { message } from '../../lib/messages/message.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { KitDraft } from './kit-draft.ts';
import { SheetSection } from './sheet-section.tsx';

/** WCAG 2.2 contrast ratio of two colours, 1 to 21. */
export function measurePairContrast(one: string, other: string): number {
  return contrastRatio(toLuminance(parseHex(one)), toLuminance(parseHex(other)));
}

/** Every colour as text on every other as ground, against the kit's own limit. */
export function ContrastSheet({ kit }: KitDraft) {
  const threshold = kit.thresholds.contrast;
  const isWhole = kit.palette.every(({ hex }) => /^#[0-9a-f]{6}$/.test(hex));
  if (kit.palette.length < 2 || !isWhole) return null;
  return (
    <SheetSection title={message('brand.contrast')}>
      <div className="overflow-x-auto">
        <table className="border-separate border-spacing-1 text-12">
          <thead>
            <tr>
              <td />
              {kit.palette.map((ground, index) => (
                <th
                  key={index}
                  scope="col"
                  className="max-w-20 truncate px-1 pb-1 text-left font-normal text-ink-faint"
                  title={ground.name}
                >
                  {ground.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kit.palette.map((text, row) => (
              <tr key={row}>
                <th scope="row" className="pr-2 text-left font-normal whitespace-nowrap text-ink-faint">
                  {text.name}
                </th>
                {kit.palette.map((ground, column) => (
                  <td key={column} className="p-0">
                    {row === column ? null : <Pair text={text} ground={ground} threshold={threshold} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-12 text-ink-faint">{message('brand.contrast.note', { threshold })}</p>
    </SheetSection>
  );
}

function Pair({ text, ground, threshold }: { text: PaletteColour; ground: PaletteColour; threshold: number }) {
  const ratio = measurePairContrast(text.hex, ground.hex);
  const passes = ratio >= threshold;
  // Cut, not rounded: 4.47 must not read as the 4.5 that it misses.
  const shown = (Math.floor(ratio * 10) / 10).toFixed(1);
  const verdict = message(passes ? 'brand.contrast.passes' : 'brand.contrast.fails', { threshold });
  return (
    <div
      title={message('brand.contrast.on', { text: text.name, ground: ground.name, ratio: shown, verdict })}
      className="flex h-9 w-20 items-center gap-1.5 overflow-hidden rounded-small border"
    >
      {/* A picture of the pair, not text to read: most of them are shown because they cannot be read. */}
      <svg aria-hidden viewBox="0 0 28 36" className="h-full w-7 shrink-0" style={{ backgroundColor: ground.hex }}>
        <text x="14" y="22.5" textAnchor="middle" fontSize="13" fontWeight="600" fill={text.hex}>
          Aa
        </text>
      </svg>
      <span className={passes ? 'text-ink' : 'text-ink-faint'}>{shown}</span>
      {passes ? <StatusMark kind="approved" label={verdict} sizePx={11} /> : <span className="sr-only">{verdict}</span>}
    </div>
  );
}
