import { useQuery } from '@tanstack/react-query';
import { FolderUp, Palette } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { BrandSummary, BrandVersion } from '../../../electron/contract/brand.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { Screen } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import { navigate, useRoute } from '../../app/use-route.ts';
import { message } from '../../lib/messages/message.ts';
import { brandQueries } from '../../rpc/queries.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BrandSheet } from './brand-sheet.tsx';
import { ImportKitDialog } from './import-kit-dialog.tsx';
import type { ImportTarget } from './import-kit-dialog.tsx';

/** The brands of the library; one of them as its sheet. */
export function BrandScreen() {
  const { parts } = useRoute();
  const [importing, setImporting] = useState(false);
  const brands = useQuery(brandQueries.list());
  const brand = brands.data?.find((candidate) => candidate.id === parts[0]) ?? brands.data?.[0];
  useActions([
    {
      id: 'brand.import',
      title: message('brand.import'),
      keys: ['mod+o'],
      scope: 'brand',
      run: () => setImporting(true),
    },
  ]);

  function showImported(version: BrandVersion) {
    setImporting(false);
    navigate({ screen: 'brand', parts: [version.brandId] });
  }
  const whyMayNot = useWhyNot('brand.import');
  const importButton = (
    <Button icon={FolderUp} blocked={whyMayNot} onClick={() => setImporting(true)}>
      {message('brand.import')}
    </Button>
  );
  const renderImport = (target: ImportTarget | null) => (
    <ImportKitDialog open={importing} onOpenChange={setImporting} onImported={showImported} target={target} />
  );
  return (
    <>
      {brand ? (
        <LoadedBrand
          key={brand.id}
          brand={brand}
          brands={brands.data ?? []}
          importButton={importButton}
          renderImport={renderImport}
        />
      ) : (
        <Screen title={message('brand.title')} actions={importButton}>
          {brands.error ? (
            <FailureNote error={brands.error} onRetry={() => void brands.refetch()} className="m-6" />
          ) : brands.data ? (
            <EmptyState icon={Palette} title={message('brand.empty')} action={importButton}>
              {message('brand.empty.advice')}
            </EmptyState>
          ) : (
            <SheetSkeleton />
          )}
        </Screen>
      )}
      {brand ? null : renderImport(null)}
    </>
  );
}

interface LoadedBrandProps {
  brand: BrandSummary;
  brands: readonly BrandSummary[];
  importButton: ReactNode;
  renderImport: (target: ImportTarget) => ReactNode;
}

function LoadedBrand({ brand, brands, importButton, renderImport }: LoadedBrandProps) {
  const versions = useQuery(brandQueries.versions(brand.id));
  if (versions.error) {
    return (
      <Screen title={message('brand.title')} actions={importButton}>
        <FailureNote error={versions.error} onRetry={() => void versions.refetch()} className="m-6" />
      </Screen>
    );
  }
  const picker = (
    <Select
      label={message('brand.choose')}
      labelHidden
      className="w-50 min-w-24"
      value={brand.id}
      options={brands.map(({ id, name }) => ({ value: id as string, label: name }))}
      onChange={(id) => navigate({ screen: 'brand', parts: [id] })}
    />
  );
  // The list carries the newest version whole, so the sheet stands before the earlier ones have come.
  return (
    <BrandSheet
      brand={brand}
      versions={versions.data ?? [brand.latest]}
      picker={picker}
      importButton={importButton}
      renderImport={renderImport}
    />
  );
}

function SheetSkeleton() {
  return (
    <div className="flex flex-col gap-6 p-6">
      <Skeleton className="h-10 w-96" />
      <Skeleton className="h-48 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
