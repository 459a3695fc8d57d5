/** Why a file of weights cannot be used, in a few words. Whoever knows the file's name makes a `model.*` error of it. */
export class WeightFault extends Error {
  override readonly name = 'WeightFault';
}
