import { Screen } from '../../app/screen.tsx';
import { message } from '../../lib/messages/message.ts';

export function BrandScreen() {
  return <Screen title={message('brand.title')}>{null}</Screen>;
}
