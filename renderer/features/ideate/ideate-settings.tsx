import { useQuery } from '@tanstack/react-query';
import { Dices, SlidersHorizontal } from 'lucide-react';
import type { BriefId } from '../../../electron/contract/identifiers.ts';
import { message } from '../../lib/messages/message.ts';
import { brandQueries } from '../../rpc/queries.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Select } from '../../ui/select.tsx';
import { Slider } from '../../ui/slider.tsx';
import { Switch } from '../../ui/switch.tsx';
import { randomSeed } from '../../lib/random-seed.ts';
import { TextModelChoice } from './text-model-choice.tsx';
import { changeSettings, MAX_SEED, useIdeationSettings } from './ideation-settings.ts';

/** How many of each, in whose voice, from which seed. Limits as in the contract. */
export function IdeateSettings({ briefId }: { briefId: BriefId }) {
  const settings = useIdeationSettings();
  const { data: brands } = useQuery(brandQueries.list());
  const brandOptions = [
    { value: 'none', label: message('ideate.brand.none') },
    ...(brands ?? []).map(({ latest, name }) => ({
      value: latest.id as string,
      label: message('ideate.brand.version', { name, number: latest.number }),
    })),
  ];
  const brand = settings.brand === 'latest' ? (brands?.[0]?.latest.id ?? 'none') : settings.brand;
  return (
    <Popover
      label={message('ideate.settings')}
      align="end"
      className="flex w-70 flex-col gap-3"
      trigger={
        <Button variant="quiet" icon={SlidersHorizontal}>
          {message('ideate.settings.short', { concepts: settings.concepts })}
        </Button>
      }
    >
      <Slider
        label={message('ideate.concepts')}
        value={settings.concepts}
        min={0}
        max={24}
        onChange={(concepts) => changeSettings({ concepts })}
      />
      <Slider
        label={message('ideate.gaps')}
        value={settings.gaps}
        min={0}
        max={6}
        onChange={(gaps) => changeSettings({ gaps })}
      />
      <Slider
        label={message('ideate.personas')}
        value={settings.personas}
        min={0}
        max={4}
        onChange={(personas) => changeSettings({ personas })}
      />
      <Select
        label={message('ideate.brand')}
        value={brand}
        options={brandOptions}
        onChange={(value) => changeSettings({ brand: value })}
      />
      <TextModelChoice briefId={briefId} />
      <div className="flex items-end gap-1">
        <TextField
          label={message('ideate.seed')}
          className="flex-1 [&_input]:font-mono"
          inputMode="numeric"
          value={String(settings.seed)}
          onChange={(event) => {
            const seed = Number(event.target.value.replace(/\D/g, ''));
            if (seed <= MAX_SEED) changeSettings({ seed });
          }}
        />
        <IconButton
          icon={Dices}
          label={message('ideate.newSeed')}
          onClick={() => changeSettings({ seed: randomSeed() })}
        />
      </div>
      <Switch
        label={message('ideate.freshSeed')}
        checked={settings.freshSeed}
        onChange={(freshSeed) => changeSettings({ freshSeed })}
      />
      <p className="text-12 text-ink-faint">{message('ideate.seed.hint')}</p>
    </Popover>
  );
}
