export { ProduceScreen } from './produce-screen.tsx';
