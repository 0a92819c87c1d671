/** A zone as an account sees it. */
export interface SimulatedZone {
  name: string;
  /** Default `availability-zone`. */
  type?: 'availability-zone' | 'local-zone' | 'wavelength-zone';
  /** Default `available`. */
  state?: 'available' | 'unavailable' | 'impaired';
  /** Whether the default subnet has been deleted. */
  withoutDefaultSubnet?: boolean;
}

/** Zones by account and region; a region that is not named has `a`, `b` and `c`. */
export type Zones = Record<string, Record<string, SimulatedZone[]>>;
