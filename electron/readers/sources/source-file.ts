export type SourceFile = { readonly name: string; readonly bytes: Uint8Array };
