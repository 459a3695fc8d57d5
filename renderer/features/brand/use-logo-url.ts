import { useQuery } from '@tanstack/react-query';
import { assetUrl } from '../../rpc/asset-url.ts';

/**
 * An SVG logo as a picture address. Hosts never serve SVG as a picture of their own origin, so its text is fetched and shown through a blob:
 * inside an image element nothing in it can run or load. Other files are shown by their address.
 */
export function useLogoUrl(hash: string | undefined, file: string): string | null {
  const isSvg = file.toLowerCase().endsWith('.svg');
  const { data: svgUrl } = useQuery({
    queryKey: ['object', 'svg-url', hash],
    enabled: isSvg && hash !== undefined,
    // One small blob for each logo that was ever shown; the page keeps it as long as it lives.
    gcTime: Infinity,
    queryFn: async ({ signal }) => {
      const response = await fetch(assetUrl(hash ?? ''), { signal });
      if (!response.ok) throw new Error(`the logo could not be loaded (${response.status})`);
      return URL.createObjectURL(new Blob([await response.blob()], { type: 'image/svg+xml' }));
    },
  });
  if (hash === undefined) return null;
  return isSvg ? (svgUrl ?? null) : assetUrl(hash);
}
