import { z } from 'zod';

export const paletteRoleSchema = z.enum(['background', 'primary', 'secondary', 'accent', 'text', 'neutral']);
export type PaletteRole = z.infer<typeof paletteRoleSchema>;
