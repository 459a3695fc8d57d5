import { z } from 'zod';

/** What may run a network: the processor, and the execution providers of onnxruntime. */
export const deviceNameSchema = z.enum(['cpu', 'cuda', 'webgpu', 'dml', 'coreml']);
export type DeviceName = z.infer<typeof deviceNameSchema>;

/** What a trial on one device gave. Times are of one product of two square matrices, in milliseconds. */
export const deviceReportSchema = z.strictObject({
  device: deviceNameSchema,
  /** The runtime's own profile says that this device did the work. */
  isProven: z.boolean(),
  runsFloat16: z.boolean(),
  trialMs: z.number().nonnegative().nullable(),
  /** Why it cannot be used; null where it was proven. */
  problem: z.string().max(300).nullable(),
  /** Memory of its own, where it could be read. */
  totalMiB: z.number().positive().nullable(),
  freeMiB: z.number().nonnegative().nullable(),
});
export type DeviceReport = z.infer<typeof deviceReportSchema>;

export const deviceReportsSchema = z.array(deviceReportSchema).max(10);
