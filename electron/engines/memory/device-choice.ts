import { type DeviceName, type DeviceReport } from '../../contract/devices.ts';

export type DeviceChoice = {
  readonly device: DeviceName;
  /** Why this one, and why no other: a sentence for the user. */
  readonly reason: string;
  readonly reports: readonly DeviceReport[];
};
