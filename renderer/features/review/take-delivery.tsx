import { useQuery } from '@tanstack/react-query';
import { Download, FolderOpen } from 'lucide-react';
import type { Delivery } from '../../../electron/contract/delivery.ts';
import { message } from '../../lib/messages/message.ts';
import { getOwnFiles } from '../../rpc/own-files.ts';
import { deliveryQueries } from '../../rpc/queries.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';

/** Where an export lies: its whole path for who sits at the machine, else the name of its folder. */
export function DeliveryPlace({ delivery }: { delivery: Delivery }) {
  const { data: place } = useQuery(deliveryQueries.locate(delivery.id));
  return <p className="font-mono text-12 break-all select-all">{place?.path ?? delivery.folderName}</p>;
}

/** The desktop shows the folder in the system's file manager; a browser takes the export with it as one file. */
export function TakeDelivery({ delivery }: { delivery: Delivery }) {
  return (
    <Button variant="primary" icon={getOwnFiles() ? FolderOpen : Download} onClick={() => void takeDelivery(delivery)}>
      {nameTaking()}
    </Button>
  );
}

export function nameTaking(): string {
  return message(getOwnFiles() ? 'review.exportOpenFolder' : 'review.exportDownload');
}

export async function takeDelivery({ id, folderName }: Delivery): Promise<void> {
  const ownFiles = getOwnFiles();
  if (ownFiles === null) return download(`deliveries/${id}.zip`, `${folderName}.zip`);
  const { path } = await studio.delivery.locate({ deliveryId: id });
  if (path !== null) await ownFiles.show(path);
}

function download(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
