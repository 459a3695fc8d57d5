/** The templates that ship. A kit names one of them. */
export const templateNames: readonly string[] = ['headline-stack'];
