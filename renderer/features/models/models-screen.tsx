import { Screen } from '../../app/screen.tsx';
import { message } from '../../lib/messages/message.ts';

export function ModelsScreen() {
  return <Screen title={message('models.title')}>{null}</Screen>;
}
