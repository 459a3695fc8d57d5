export { BrandScreen } from './brand-screen.tsx';
