export type Dice = (sides: number) => number;
