import { Screen } from '../../app/screen.tsx';
import { message } from '../../lib/messages/message.ts';

export function IdeateScreen() {
  return <Screen title={message('ideate.title')}>{null}</Screen>;
}
