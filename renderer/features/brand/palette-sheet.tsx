import { Plus, X } from 'lucide-react';
import type { PaletteColour, PaletteRole } from '../../../electron/contract/brand.ts';
import { paletteRoleSchema } from '../../../electron/contract/brand.ts';
import { parseHex, toLuminance } from '../../../electron/domain/brand/colour-space.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { Slider } from '../../ui/slider.tsx';
import type { KitDraft } from './kit-draft.ts';
import { SheetSection } from './sheet-section.tsx';

/** As in the contract. */
const MAX_COLOURS = 24;
const roleOptions = paletteRoleSchema.options.map((role: PaletteRole) => ({
  value: role,
  label: message(`brand.role.${role}`),
}));

export function PaletteSheet({ kit, problems, change }: KitDraft) {
  const replace = (index: number, next: Partial<PaletteColour>) =>
    change({ palette: kit.palette.map((colour, at) => (at === index ? { ...colour, ...next } : colour)) });
  const add = () =>
    change({
      palette: [
        ...kit.palette,
        {
          name: message('brand.palette.new'),
          hex: '#808080',
          role: 'neutral',
          tolerance: 12,
          share: { min: 0, max: 1 },
        },
      ],
    });
  return (
    <SheetSection
      title={message('brand.palette')}
      aside={
        <Button
          variant="quiet"
          icon={Plus}
          className="-ml-2.5"
          blocked={kit.palette.length >= MAX_COLOURS ? message('brand.full', { count: MAX_COLOURS }) : null}
          onClick={add}
        >
          {message('brand.palette.add')}
        </Button>
      }
    >
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(12.25rem,1fr))] gap-3">
        {kit.palette.map((colour, index) => (
          <li key={index} className="group relative flex flex-col overflow-hidden rounded-control border bg-panel">
            <div className="relative flex h-20 items-end border-b p-1.5" style={{ backgroundColor: colour.hex }}>
              <label className="absolute inset-0">
                <span className="sr-only">{message('brand.palette.pick', { name: colour.name })}</span>
                <input
                  type="color"
                  value={colour.hex}
                  onChange={(event) => replace(index, { hex: event.target.value.toLowerCase() })}
                  className="size-full opacity-0"
                />
              </label>
              <HexField colour={colour} onChange={(hex) => replace(index, { hex })} />
            </div>
            {kit.palette.length > 1 ? (
              <IconButton
                small
                icon={X}
                label={message('brand.palette.remove', { name: colour.name })}
                onClick={() => change({ palette: kit.palette.filter((_, at) => at !== index) })}
                className="absolute! top-1.5 right-1.5 bg-panel opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
              />
            ) : null}
            <div className="flex flex-col gap-2 p-2.5">
              <TextField
                label={message('brand.palette.name')}
                labelHidden
                value={colour.name}
                maxLength={60}
                error={problems.get(`palette.${index}.name`)}
                onChange={(event) => replace(index, { name: event.target.value })}
              />
              <Select
                label={message('brand.palette.role')}
                labelHidden
                value={colour.role}
                options={roleOptions}
                onChange={(role) => replace(index, { role })}
              />
              <Slider
                label={message('brand.palette.tolerance')}
                value={colour.tolerance}
                min={1}
                max={60}
                valueText={message('brand.palette.toleranceValue', { value: colour.tolerance })}
                onChange={(tolerance) => replace(index, { tolerance })}
              />
              <div className="grid grid-cols-2 gap-3">
                <Slider
                  label={message('brand.palette.shareMin')}
                  value={colour.share.min}
                  min={0}
                  max={1}
                  step={0.01}
                  valueText={`${Math.round(colour.share.min * 100)} %`}
                  onChange={(min) => replace(index, { share: { min, max: Math.max(min, colour.share.max) } })}
                />
                <Slider
                  label={message('brand.palette.shareMax')}
                  value={colour.share.max}
                  min={0}
                  max={1}
                  step={0.01}
                  valueText={`${Math.round(colour.share.max * 100)} %`}
                  onChange={(max) => replace(index, { share: { min: Math.min(max, colour.share.min), max } })}
                />
              </div>
            </div>
          </li>
        ))}
      </ul>
      <PaletteShares palette={kit.palette} />
      <p className="mt-2.5 text-12 text-ink-faint">{message('brand.palette.toleranceHint')}</p>
    </SheetSection>
  );
}

/** The allowed share of each colour as a bar from its least to its most, on one scale. */
function PaletteShares({ palette }: { palette: readonly PaletteColour[] }) {
  if (palette.every(({ share }) => share.min === 0 && share.max === 1)) return null;
  return (
    <figure className="mt-3 flex flex-col gap-1">
      <figcaption className="text-12 text-ink-soft">{message('brand.palette.share')}</figcaption>
      {palette.map(({ name, hex, share }) => (
        <div key={name} className="grid grid-cols-[7rem_minmax(0,1fr)_5.25rem] items-center gap-3 text-12">
          <span className="truncate text-ink-faint">{name}</span>
          <svg
            aria-hidden
            viewBox="0 0 100 6"
            preserveAspectRatio="none"
            className="h-2 w-full rounded-full bg-pressed"
          >
            <rect x={share.min * 100} width={Math.max(1, (share.max - share.min) * 100)} height="6" fill={hex} />
          </svg>
          <span className="text-right tabular-nums text-ink-faint">
            {`${Math.round(share.min * 100)} – ${Math.round(share.max * 100)} %`}
          </span>
        </div>
      ))}
    </figure>
  );
}

/** Takes a colour when it is whole, in any case of letters; what is not a colour never reaches the kit. */
function HexField({ colour, onChange }: { colour: PaletteColour; onChange: (hex: string) => void }) {
  const isLight = toLuminance(parseHex(colour.hex)) > EVEN_LUMINANCE;
  return (
    <input
      key={colour.hex}
      aria-label={message('brand.palette.hexOf', { name: colour.name })}
      defaultValue={colour.hex}
      maxLength={7}
      spellCheck={false}
      className={classNames(
        'relative w-17 rounded-small bg-transparent px-1 font-mono text-12',
        isLight ? 'text-[#000]' : 'text-[#fff]',
      )}
      onBlur={(event) => {
        const hex = readHex(event.target.value);
        if (hex !== null) onChange(hex);
        event.target.value = hex ?? colour.hex;
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

/** Luminance at which black and white text are equally readable. */
const EVEN_LUMINANCE = 0.18;

/** A colour as it stands in a kit, from what a person types: with or without the mark, in any case. Null when it is none. */
export function readHex(text: string): string | null {
  const hex = `#${text.trim().toLowerCase().replace(/^#/, '')}`;
  return /^#[0-9a-f]{6}$/.test(hex) ? hex : null;
}
