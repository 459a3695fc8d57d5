import { useEffect } from 'react';
import { usePreferences } from '../preferences.ts';

/** Writes theme and surround to the root element, where the tokens read them. */
export function useAppearance(): void {
  const theme = usePreferences((state) => state.theme);
  const surround = usePreferences((state) => state.surround);
  useEffect(() => {
    const prefersLight = matchMedia('(prefers-color-scheme: light)');
    function apply() {
      document.documentElement.dataset['theme'] =
        theme === 'system' ? (prefersLight.matches ? 'light' : 'dark') : theme;
      document.documentElement.dataset['surround'] = surround;
    }
    apply();
    prefersLight.addEventListener('change', apply);
    return () => prefersLight.removeEventListener('change', apply);
  }, [theme, surround]);
}
