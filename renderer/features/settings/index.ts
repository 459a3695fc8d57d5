export { JoinScreen } from './join-screen.tsx';
export { SettingsScreen } from './settings-screen.tsx';
