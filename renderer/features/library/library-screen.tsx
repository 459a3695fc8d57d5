import { Screen } from '../../app/screen.tsx';
import { message } from '../../lib/messages/message.ts';

export function LibraryScreen() {
  return <Screen title={message('library.title')}>{null}</Screen>;
}
