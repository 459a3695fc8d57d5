import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { assetUrl } from '../../rpc/asset-url.ts';

/**
 * An SVG logo as a picture address. Hosts never serve SVG as a picture of their own origin, so its text is fetched and shown through a blob:
 * inside an image element nothing in it can run or load. Other files are shown by their address.
 */
export function useLogoUrl(hash: string | undefined, file: string): string | null {
  const isSvg = file.toLowerCase().endsWith('.svg');
  const { data: text } = useQuery({
    queryKey: ['object', 'text', hash],
    enabled: isSvg && hash !== undefined,
    queryFn: async ({ signal }) => {
      const response = await fetch(assetUrl(hash ?? ''), { signal });
      if (!response.ok) throw new Error(`the logo could not be loaded (${response.status})`);
      return response.blob();
    },
  });
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!text) return;
    const created = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
    setUrl(created);
    return () => URL.revokeObjectURL(created);
  }, [text]);
  if (hash === undefined) return null;
  return isSvg ? url : assetUrl(hash);
}
