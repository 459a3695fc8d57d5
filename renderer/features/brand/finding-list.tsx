import type { PaletteRole } from '../../../electron/contract/palette-role.ts';
import { paletteRoleSchema } from '../../../electron/contract/palette-role.ts';
import type { Finding } from '../../../electron/contract/brand-import.ts';
import { message } from '../../lib/messages/message.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';

const kinds = [
  'colour',
  'typeface',
  'logo',
  'reference',
  'tone',
  'phrase',
] as const satisfies readonly Finding['kind'][];
const AUTOMATIC = 'auto';

export interface FindingListProps {
  findings: readonly Finding[];
  confirmed: ReadonlySet<string>;
  onConfirm: (ids: readonly string[], isConfirmed: boolean) => void;
  onRole: (id: string, role: PaletteRole | null) => void;
}

/** Everything that was read, with its place. Nothing counts until it is ticked. */
export function FindingList({ findings, confirmed, onConfirm, onRole }: FindingListProps) {
  return (
    <div className="flex flex-col">
      {groupFindings(findings).map(({ key, title, group }) => {
        const ids = group.map(({ id }) => id);
        const isAll = ids.every((id) => confirmed.has(id));
        return (
          <section key={key} aria-label={title} className="border-t py-2 first:border-t-0">
            <div className="flex h-7 items-center justify-between">
              <h3 className="text-12 font-medium text-ink-soft">{title}</h3>
              <Button variant="quiet" onClick={() => onConfirm(ids, !isAll)}>
                {message(isAll ? 'brand.finding.none' : 'brand.finding.all')}
              </Button>
            </div>
            <ul>
              {group.map((finding) => (
                <FindingRow
                  key={finding.id}
                  finding={finding}
                  isConfirmed={confirmed.has(finding.id)}
                  onConfirm={(isConfirmed) => onConfirm([finding.id], isConfirmed)}
                  onRole={(role) => onRole(finding.id, role)}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

interface FindingGroup {
  readonly key: string;
  readonly title: string;
  readonly group: readonly Finding[];
}

function themeOf(finding: Finding): string | null {
  return finding.kind === 'colour' ? finding.theme : null;
}

/** By kind; the colours of each theme stand apart, so that ticking all of the usual palette takes none of the dark one. */
function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  return kinds
    .flatMap((kind): FindingGroup[] => {
      const ofKind = findings.filter((finding) => finding.kind === kind);
      const themes = [...new Set([null, ...ofKind.map(themeOf)])];
      return themes.map((theme) => ({
        key: `${kind} ${theme ?? ''}`,
        title: theme === null ? message(`brand.finding.${kind}`) : message('brand.finding.colourOfTheme', { theme }),
        group: ofKind.filter((finding) => themeOf(finding) === theme),
      }));
    })
    .filter(({ group }) => group.length > 0);
}

function FindingRow({
  finding,
  isConfirmed,
  onConfirm,
  onRole,
}: {
  finding: Finding;
  isConfirmed: boolean;
  onConfirm: (isConfirmed: boolean) => void;
  onRole: (role: PaletteRole | null) => void;
}) {
  return (
    <li className="grid min-h-8 grid-cols-[minmax(0,1fr)_8.25rem] items-center gap-3 border-b py-0.5 text-12 last:border-b-0">
      <label className="flex min-w-0 cursor-pointer items-center gap-2.5">
        <input
          type="checkbox"
          checked={isConfirmed}
          onChange={(event) => onConfirm(event.target.checked)}
          className="size-3.5 shrink-0 accent-accent"
        />
        {finding.kind === 'colour' ? (
          <span aria-hidden className="size-5 shrink-0 rounded-small border" style={{ backgroundColor: finding.hex }} />
        ) : null}
        <span className="min-w-0">
          <span className="block truncate text-ink">{describeFinding(finding)}</span>
          <span className="block truncate text-11 text-ink-faint" title={finding.source.place}>
            {message('brand.finding.source', finding.source)}
          </span>
        </span>
      </label>
      {finding.kind === 'colour' ? (
        <Select
          label={message('brand.palette.role')}
          labelHidden
          value={finding.role ?? AUTOMATIC}
          options={[
            { value: AUTOMATIC, label: message('brand.finding.autoRole') },
            ...paletteRoleSchema.options.map((role) => ({
              value: role as string,
              label: message(`brand.role.${role}`),
            })),
          ]}
          onChange={(role) => onRole(paletteRoleSchema.safeParse(role).data ?? null)}
        />
      ) : (
        <span className="truncate text-right text-ink-faint">{noteOf(finding)}</span>
      )}
    </li>
  );
}

function describeFinding(finding: Finding): string {
  switch (finding.kind) {
    case 'colour':
      return finding.change === null
        ? `${finding.name}  ${finding.hex}`
        : `${finding.name}  ${finding.hex}  ${message(`brand.finding.change.${finding.change}`)}`;
    case 'typeface':
      return `${finding.family} ${finding.weight}`;
    case 'logo':
      return finding.name;
    case 'reference':
      return finding.file;
    case 'tone':
    case 'phrase':
      return finding.text;
  }
}

function noteOf(finding: Finding): string {
  switch (finding.kind) {
    case 'typeface':
      return finding.file === null
        ? message('brand.finding.noFont')
        : message(`brand.finding.face.${finding.face ?? 'any'}`);
    case 'logo':
      return message(`brand.logo.on.${finding.on}`);
    case 'phrase':
      return message(`brand.finding.list.${finding.list}`);
    default:
      return '';
  }
}
