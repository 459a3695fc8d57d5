import type { ReactNode } from 'react';
import { ActivityScreen } from '../features/activity/index.ts';
import { BrandScreen } from '../features/brand/index.ts';
import { ComplianceScreen } from '../features/compliance/index.ts';
import { IdeateScreen } from '../features/ideate/index.ts';
import { LibraryScreen } from '../features/library/index.ts';
import { ModelsScreen } from '../features/models/index.ts';
import { ProduceScreen } from '../features/produce/index.ts';
import { prepareReview, ReviewScreen } from '../features/review/index.ts';
import { useQuery } from '@tanstack/react-query';
import { JoinScreen, SettingsScreen } from '../features/settings/index.ts';
import { peopleQueries } from '../rpc/queries.ts';
import { ErrorBoundary } from './frame/error-boundary.tsx';
import { Frame } from './frame/frame.tsx';
import { useAppearance } from './frame/use-appearance.ts';
import type { ScreenName } from './routes.ts';
import { useRoute } from './use-route.ts';

const screenComponents: Record<ScreenName, () => ReactNode> = {
  library: LibraryScreen,
  ideate: IdeateScreen,
  brand: BrandScreen,
  produce: ProduceScreen,
  review: ReviewScreen,
  compliance: ComplianceScreen,
  models: ModelsScreen,
  activity: ActivityScreen,
  settings: SettingsScreen,
};

/** What a screen can ask for while it is still on its way. */
const preparations: Partial<Record<ScreenName, () => void>> = { review: prepareReview };

export function App() {
  const { screen } = useRoute();
  useAppearance();
  // Nobody waits for the answer: only a guest is led elsewhere, and the studio shows a guest nothing.
  const me = useQuery(peopleQueries.me());
  if (me.data?.kind === 'guest' || isJoining(location.hash))
    return <JoinScreen me={me.data ?? null} error={me.error} />;
  const Screen = screenComponents[screen];
  return (
    <Frame prepare={(next) => preparations[next]?.()}>
      <ErrorBoundary key={screen}>
        <Screen />
      </ErrorBoundary>
    </Frame>
  );
}

/** Where an invitation leads to. */
function isJoining(hash: string): boolean {
  return hash === '#/join';
}
