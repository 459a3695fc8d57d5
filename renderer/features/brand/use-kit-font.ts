import { useEffect, useState } from 'react';
import { assetUrl } from '../../rpc/asset-url.ts';

export type FontState = 'loading' | 'ready' | 'failed';

const loaded = new Map<string, Promise<FontState>>();

function loadFont(hash: string): Promise<FontState> {
  const font = new FontFace(fontFamilyOf(hash), `url(${assetUrl(hash)})`);
  return font.load().then(
    (ready): FontState => {
      document.fonts.add(ready);
      return 'ready';
    },
    // A file that is no font is the kit's fault, not the page's: the specimen says so.
    (): FontState => 'failed',
  );
}

/** A family name of our own, so that a kit's font never takes the place of one that the interface uses. */
export function fontFamilyOf(hash: string): string {
  return `kit-${hash.slice(0, 16)}`;
}

/** Loads a font of the library and says when it can be used by `fontFamilyOf`. */
export function useKitFont(hash: string | undefined): FontState {
  const [state, setState] = useState<FontState>('loading');
  useEffect(() => {
    if (hash === undefined) return;
    let current = true;
    const loading = loaded.get(hash) ?? loadFont(hash);
    loaded.set(hash, loading);
    void loading.then((next) => current && setState(next));
    return () => {
      current = false;
    };
  }, [hash]);
  return hash === undefined ? 'failed' : state;
}
