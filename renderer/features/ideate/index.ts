export { IdeateScreen } from './ideate-screen.tsx';
