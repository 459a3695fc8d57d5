import { Screen } from '../../app/screen.tsx';
import { message } from '../../lib/messages/message.ts';

export function ProduceScreen() {
  return <Screen title={message('produce.title')}>{null}</Screen>;
}
