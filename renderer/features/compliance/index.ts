export { ComplianceScreen } from './compliance-screen.tsx';
