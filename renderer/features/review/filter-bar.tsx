import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronDown, FolderInput, Star, X } from 'lucide-react';
import { memo, useState } from 'react';
import type { ReactNode } from 'react';
import type { AssetFilter, Flag } from '../../../electron/contract/asset.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { assetQueries, formatQueries, scoringQueries } from '../../rpc/queries.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { FlagMark } from './asset-tile.tsx';
import { checkTitles } from './check-titles.ts';
import {
  chooseOrigin,
  clearFacets,
  countFacets,
  reviewStatuses,
  toggleFlag,
  toggleFormat,
  toggleMedium,
  toggleStatus,
} from './filter-state.ts';
import { flagTitles, statusTitles } from './mark-titles.ts';
import { ask } from './list-query.ts';
import { useReviewStore } from './review-store.ts';

const shownFlags: readonly Exclude<Flag, 'none'>[] = ['pick', 'reject'];

function setFilter(filter: AssetFilter): void {
  ask({ filter });
}

/** Facets narrow each other; several values of one facet widen it. Numbers are those of the list without the status facet. */
export const FilterBar = memo(function FilterBar() {
  const filter = useReviewStore((state) => state.filter);
  const answered = useReviewStore((state) => state.answered);
  const { data: counts } = useQuery({
    ...assetQueries.counts({ ...filter, statuses: [] }),
    placeholderData: (before) => before,
    // The list comes first: whoever presses a facet looks at the pictures.
    enabled: answered,
  });
  return (
    <div role="group" aria-label={message('review.filters')} className="@container shrink-0 border-b bg-panel">
      <div className="flex h-10 items-center gap-1 overflow-x-auto px-3">
        <div role="group" aria-label={message('review.facet.status')} className="flex shrink-0 items-center gap-0.5">
          {reviewStatuses.map((status) => (
            <Facet
              key={status}
              pressed={filter.statuses.includes(status)}
              name={message('review.statusCount', {
                status: message(statusTitles[status]),
                count: counts?.[status] ?? 0,
              })}
              onPress={() => setFilter(toggleStatus(filter, status))}
            >
              <StatusMark kind={status} label="" />
              <span className="sr-only @min-[47.5rem]:not-sr-only">{message(statusTitles[status])}</span>
              <span className={classNames('tabular-nums', !filter.statuses.includes(status) && 'text-ink-faint')}>
                {counts ? new Intl.NumberFormat('en').format(counts[status]) : ''}
              </span>
            </Facet>
          ))}
        </div>
        <Divider />
        <div role="group" aria-label={message('review.facet.flag')} className="flex shrink-0 items-center gap-0.5">
          {shownFlags.map((flag) => (
            <Facet
              key={flag}
              pressed={filter.flags.includes(flag)}
              iconOnly
              name={message(flagTitles[flag])}
              onPress={() => setFilter(toggleFlag(filter, flag))}
            >
              <FlagMark flag={flag} />
            </Facet>
          ))}
        </div>
        <Divider />
        <StarsFacet filter={filter} />
        <SourceFacet filter={filter} />
        <FormatsFacet filter={filter} />
        <ComplianceFacet filter={filter} />
        <FailedCheckFacet filter={filter} />
        <span className="flex-1" />
        {countFacets(filter) > 0 ? (
          <IconButton icon={X} label={message('review.clearFilters')} onClick={() => setFilter(clearFacets(filter))} />
        ) : null}
      </div>
    </div>
  );
});

function Divider() {
  return <span aria-hidden className="mx-0.5 h-4 w-px shrink-0 bg-line" />;
}

/** The tooltip is the whole name; a mark alone carries it for screen readers too. */
function Facet({
  pressed,
  name,
  iconOnly = false,
  onPress,
  children,
}: {
  pressed: boolean;
  name: string;
  iconOnly?: boolean;
  onPress: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      {...(iconOnly ? { 'aria-label': name } : {})}
      title={name}
      aria-pressed={pressed}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
      className={classNames(
        'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-control border px-1.5 text-12 whitespace-nowrap transition-colors',
        pressed
          ? 'border-line-strong bg-pressed text-ink'
          : 'border-transparent text-ink-soft hover:bg-hover hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}

function MenuFacet({
  set,
  label,
  hasIcon = false,
  ...menu
}: {
  set: boolean;
  label: ReactNode;
  /** A sign speaks for it where there is little room, and takes the arrow's. */
  hasIcon?: boolean;
} & Pick<Parameters<typeof Menu>[0], 'groups' | 'onOpenChange'>) {
  return (
    <Menu
      {...menu}
      trigger={
        <button
          type="button"
          className={classNames(
            'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-control border px-2 text-12 whitespace-nowrap transition-colors data-[state=open]:bg-hover',
            set
              ? 'border-line-strong bg-pressed text-ink'
              : 'border-transparent text-ink-soft hover:bg-hover hover:text-ink',
          )}
        >
          {label}
          <ChevronDown
            size={13}
            aria-hidden
            className={classNames('text-ink-faint', hasIcon && !set && 'hidden @min-[54rem]:block')}
          />
        </button>
      }
    />
  );
}

/** A check that the list is narrowed to from the compliance screen; pressing it lets the others back in. */
function FailedCheckFacet({ filter }: { filter: AssetFilter }) {
  if (filter.failedCheck === null) return null;
  const name = message('review.failsCheck', { check: message(checkTitles[filter.failedCheck]) });
  return (
    <button
      type="button"
      aria-pressed
      onClick={() => setFilter({ ...filter, failedCheck: null })}
      className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-control border border-line-strong bg-pressed px-2 text-12 whitespace-nowrap text-ink"
    >
      {name}
      <X size={13} aria-hidden className="text-ink-faint" />
    </button>
  );
}

function starsTitle(count: number): string {
  return count === 0 ? message('review.anyStars') : message('review.starsAtLeast', { count });
}

function StarsFacet({ filter }: { filter: AssetFilter }) {
  return (
    <MenuFacet
      hasIcon
      set={filter.minStars > 0}
      label={
        <span className="inline-flex items-center gap-1.5" title={starsTitle(filter.minStars)}>
          <Star size={13} aria-hidden />
          <span className={filter.minStars > 0 ? undefined : 'sr-only @min-[54rem]:not-sr-only'}>
            {starsTitle(filter.minStars)}
          </span>
        </span>
      }
      groups={[
        [0, 1, 2, 3, 4, 5].map((count) => ({
          id: String(count),
          title: starsTitle(count),
          checked: filter.minStars === count,
          onSelect: () => setFilter({ ...filter, minStars: count }),
        })),
      ]}
    />
  );
}

/** Where assets come from and what they are. Films join when they can be brought in. */
function SourceFacet({ filter }: { filter: AssetFilter }) {
  const { origins, media } = filter;
  const [origin = null] = origins;
  const parts = [
    ...origins.map((value) => message(`media.${value}`)),
    ...(media.length > 1 ? [] : media.map((medium) => message(`media.${medium}s`))),
  ];
  return (
    <MenuFacet
      hasIcon
      set={origins.length > 0 || media.length > 0}
      label={
        <span className="inline-flex items-center gap-1.5" title={parts.join(', ') || message('media.anySource')}>
          <FolderInput size={13} aria-hidden />
          <span className={parts.length > 0 ? undefined : 'sr-only @min-[54rem]:not-sr-only'}>
            {parts.join(', ') || message('media.anySource')}
          </span>
        </span>
      }
      groups={[
        ([null, 'made', 'imported'] as const).map((value) => ({
          id: value ?? 'any',
          title: message(value === null ? 'media.anyOrigin' : `media.${value}`),
          checked: origin === value,
          onSelect: () => setFilter(chooseOrigin(filter, value)),
        })),
        [
          {
            id: 'everyMedium',
            title: message('media.anyMedium'),
            checked: media.length === 0,
            onSelect: () => setFilter({ ...filter, media: [] }),
          },
          ...(['picture', 'audio', 'document'] as const).map((medium) => ({
            id: medium,
            title: message(`media.${medium}s`),
            checked: media.includes(medium),
            onSelect: () => setFilter(toggleMedium(filter, medium)),
          })),
        ],
      ]}
    />
  );
}

function FormatsFacet({ filter }: { filter: AssetFilter }) {
  const { data: formats = [] } = useQuery(formatQueries.list());
  const chosen = formats.filter(({ id }) => filter.formatIds.includes(id));
  const label =
    chosen.length === 0
      ? message('review.anyFormat')
      : chosen.length === 1
        ? (chosen[0]?.name ?? '')
        : message('review.formatCount', { count: chosen.length });
  return (
    <MenuFacet
      set={chosen.length > 0}
      label={label}
      groups={[
        [
          {
            id: 'any',
            title: message('review.anyFormat'),
            checked: chosen.length === 0,
            onSelect: () => setFilter({ ...filter, formatIds: [] }),
          },
        ],
        formats.map(({ id, name, ratio }) => ({
          id,
          title: `${name} ${ratio}`,
          checked: filter.formatIds.includes(id),
          onSelect: () => setFilter(toggleFormat(filter, id)),
        })),
      ]}
    />
  );
}

const complianceTitles = {
  any: 'review.anyCompliance',
  passed: 'review.compliantOnly',
  failed: 'review.failingOnly',
} as const;

/** Which checks count, and by which brand version: the one that each was made under, or one that past work was scored against. */
function ComplianceFacet({ filter }: { filter: AssetFilter }) {
  const values = ['any', 'passed', 'failed'] as const;
  const { briefId, planId, judgedAgainst } = filter;
  const [isOpen, setOpen] = useState(false);
  // Counting the scores of a large library takes long: asked while the menu is open, or for the name of what is chosen.
  const { data: versions = [] } = useQuery({
    ...scoringQueries.versions({ briefId, planId }),
    enabled: (query) => isOpen || (judgedAgainst !== null && query.state.data === undefined),
    placeholderData: keepPreviousData,
  });
  const judge = versions.find(({ brandVersionId }) => brandVersionId === judgedAgainst);
  return (
    <MenuFacet
      onOpenChange={setOpen}
      set={filter.compliance !== 'any' || judgedAgainst !== null}
      label={[
        message(complianceTitles[filter.compliance]),
        ...(judge === undefined ? [] : [message('review.judgedByShort', { number: judge.number })]),
      ].join(', ')}
      groups={[
        values.map((value) => ({
          id: value,
          title: message(complianceTitles[value]),
          checked: filter.compliance === value,
          onSelect: () => setFilter({ ...filter, compliance: value }),
        })),
        [
          {
            id: 'made',
            title: message('review.judgedByMaking'),
            checked: judgedAgainst === null,
            onSelect: () => setFilter({ ...filter, judgedAgainst: null }),
          },
          ...versions
            .filter(({ scored, brandVersionId }) => scored > 0 || brandVersionId === judgedAgainst)
            .map(({ brandVersionId, brandName, number }) => ({
              id: brandVersionId,
              title: message('review.judgedBy', { name: brandName, number }),
              checked: brandVersionId === judgedAgainst,
              onSelect: () => setFilter({ ...filter, judgedAgainst: brandVersionId }),
            })),
        ],
      ]}
    />
  );
}
