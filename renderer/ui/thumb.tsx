import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { classNames } from '../lib/class-names.ts';

export interface ThumbProps {
  /** Null while there is nothing to load yet. */
  url: string | null;
  alt: string;
  fit?: 'contain' | 'cover';
  /** Fetches and decodes at once instead of when it comes near the window. */
  eager?: boolean;
  /** It stands in a list that draws nothing but what is in sight: fetched at once, decoded beside the page. */
  inSight?: boolean;
  className?: string | undefined;
}

/** A picture on its surround. It keeps its box while it loads and says so when it cannot be shown. */
export function Thumb({ url, alt, fit = 'contain', eager = false, inSight = false, className }: ThumbProps) {
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  return (
    <div className={classNames('surround relative overflow-hidden', className)}>
      {url === null ? null : failedUrl === url ? (
        <span role="img" aria-label={alt} className="absolute inset-0 flex items-center justify-center">
          <ImageOff size={16} strokeWidth={1.5} aria-hidden />
        </span>
      ) : (
        <img
          // Another picture never stands under this one's name while it loads.
          key={url}
          src={url}
          alt={alt}
          draggable={false}
          loading={eager || inSight ? 'eager' : 'lazy'}
          decoding={eager ? 'sync' : 'async'}
          onError={() => setFailedUrl(url)}
          className={classNames(
            'absolute inset-0 size-full select-none',
            fit === 'cover' ? 'object-cover' : 'object-contain',
          )}
        />
      )}
    </div>
  );
}
