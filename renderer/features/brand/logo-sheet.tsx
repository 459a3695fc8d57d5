import type { BrandKit } from '../../../electron/contract/brand.ts';
import { parseHex, toLuminance } from '../../../electron/domain/brand/colour-space.ts';
import { formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Slider } from '../../ui/slider.tsx';
import type { KitDraft } from './kit-draft.ts';
import { SheetSection } from './sheet-section.tsx';
import { useLogoUrl } from './use-logo-url.ts';

type Logo = BrandKit['logos'][number];
/** Luminance at which black and white text are equally readable: what is lighter is a light ground. */
const LIGHT_GROUND = 0.18;
const SHOWN_GROUNDS = 3;

/** The palette's colours that a logo variant is made for; ground roles come first. */
export function listGrounds(kit: BrandKit, on: Logo['on']): string[] {
  const order = ['background', 'primary', 'text', 'secondary', 'accent', 'neutral'];
  return kit.palette
    .filter(({ hex }) => on === 'any' || toLuminance(parseHex(hex)) > LIGHT_GROUND === (on === 'light'))
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
    .map(({ hex }) => hex);
}

export function LogoSheet({ kit, files, problems, change }: KitDraft) {
  const replace = (index: number, next: Partial<Logo>) =>
    change({ logos: kit.logos.map((logo, at) => (at === index ? { ...logo, ...next } : logo)) });
  return (
    <SheetSection title={message('brand.logos')}>
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(min(17.5rem,100%),1fr))] gap-3">
        {kit.logos.map((logo, index) => (
          <li key={index} className="flex flex-col gap-3 rounded-control border bg-panel p-3">
            <LogoGrounds kit={kit} logo={logo} hash={files[logo.file]} />
            <div className="grid grid-cols-[minmax(0,1fr)_8.25rem] gap-2">
              <TextField
                label={message('brand.logo.name')}
                labelHidden
                value={logo.name}
                maxLength={60}
                error={problems.get(`logos.${index}.name`)}
                onChange={(event) => replace(index, { name: event.target.value })}
              />
              <Select
                label={message('brand.logo.on')}
                labelHidden
                value={logo.on}
                options={(['light', 'dark', 'any'] as const).map((on) => ({
                  value: on,
                  label: message(`brand.logo.on.${on}`),
                }))}
                onChange={(on) => replace(index, { on })}
              />
            </div>
            <ForbiddenGrounds
              kit={kit}
              logo={logo}
              onChange={(forbiddenBackgrounds) => replace(index, { forbiddenBackgrounds })}
            />
            <div className="grid grid-cols-2 gap-4">
              <Slider
                label={message('brand.logo.clearSpace')}
                value={logo.clearSpace}
                min={0}
                max={2}
                step={0.05}
                valueText={`× ${formatNumber(logo.clearSpace)}`}
                onChange={(clearSpace) => replace(index, { clearSpace })}
              />
              <Slider
                label={message('brand.logo.minWidth')}
                value={logo.minWidthPx}
                min={8}
                max={600}
                valueText={`${logo.minWidthPx} px`}
                onChange={(minWidthPx) => replace(index, { minWidthPx })}
              />
            </div>
          </li>
        ))}
      </ul>
    </SheetSection>
  );
}

/** The colours of the palette as switches: a pressed one is a ground on which this variant may not stand. */
function ForbiddenGrounds({
  kit,
  logo,
  onChange,
}: {
  kit: BrandKit;
  logo: Logo;
  onChange: (forbidden: string[]) => void;
}) {
  const { forbiddenBackgrounds: forbidden } = logo;
  const hexes = [...new Set([...kit.palette.map(({ hex }) => hex), ...forbidden])];
  return (
    <div className="flex flex-wrap items-center gap-1.5 text-12">
      <span className="text-ink-soft">{message('brand.logo.forbidden')}</span>
      {hexes.map((hex) => {
        const isForbidden = forbidden.includes(hex);
        const colour = kit.palette.find((entry) => entry.hex === hex)?.name ?? hex;
        return (
          <button
            key={hex}
            type="button"
            aria-pressed={isForbidden}
            aria-label={message('brand.logo.forbid', { name: logo.name, colour })}
            title={colour}
            onClick={() => onChange(isForbidden ? forbidden.filter((other) => other !== hex) : [...forbidden, hex])}
            className="relative size-5 overflow-hidden rounded-small border"
            style={{ backgroundColor: hex }}
          >
            {isForbidden ? (
              <svg aria-hidden viewBox="0 0 20 20" className="absolute inset-0">
                <path d="M3 17 17 3" stroke="#fff" strokeWidth="4" />
                <path d="M3 17 17 3" stroke="#c01818" strokeWidth="2" />
              </svg>
            ) : null}
          </button>
        );
      })}
    </div>
  );
}

/** The logo with its clear space drawn, on the grounds it is made for. */
function LogoGrounds({ kit, logo, hash }: { kit: BrandKit; logo: Logo; hash: string | undefined }) {
  const url = useLogoUrl(hash, logo.file);
  const grounds = listGrounds(kit, logo.on)
    .filter((hex) => !logo.forbiddenBackgrounds.includes(hex))
    .slice(0, SHOWN_GROUNDS);
  if (hash === undefined)
    return <p className="text-12 text-redo">{message('brand.logo.missing', { file: logo.file })}</p>;
  if (grounds.length === 0) return <p className="text-12 text-redo">{message('brand.logo.noGround')}</p>;
  return (
    <div className="grid auto-cols-fr grid-flow-col overflow-hidden rounded-small border">
      {grounds.map((ground, index) => (
        <div
          key={index}
          className="flex h-24 items-center justify-center overflow-hidden p-3"
          style={{ backgroundColor: ground }}
        >
          <div
            className="border border-dashed border-ink-faint/50"
            style={{ padding: `${Math.min(20, logo.clearSpace * 24)}px` }}
          >
            {url ? (
              <img src={url} alt={index === 0 ? logo.name : ''} className="block h-6 max-w-full object-contain" />
            ) : (
              <span className="block h-6 w-16" />
            )}
          </div>
        </div>
      ))}
    </div>
  );
}
