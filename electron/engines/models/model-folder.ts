export type ModelFolder = {
  readonly path: string;
  /** True for what comes with the product. */
  readonly shipped: boolean;
};
