import { Screen } from '../../app/screen.tsx';
import { message } from '../../lib/messages/message.ts';

export function ReviewScreen() {
  return <Screen title={message('review.title')}>{null}</Screen>;
}
