/** A stack that belongs to those that were scanned, and was not looked at. */
export interface NotLooked {
  /** As reports call it, `shop-prod/Guard`. */
  name: string;
  region: string;
  /** Null where it is not known. */
  account: string | null;
  reason: string;
}

/** A file that is a template, or looks like one, and that was not scanned. */
export interface SkippedTemplate {
  file: string;
  reason: string;
}
