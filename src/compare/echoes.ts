import type { Json } from '../base/json.js';
import type { Comparing } from './comparing.js';
import type { Place } from './place.js';

/** A list in which a service also lists what another property of the resource says already. */
interface Echo {
  type: string;
  list: string;
  /** The property that comes back in the list as well. */
  of: string;
  because: string;
}

const ECHOES: readonly Echo[] = [
  {
    type: 'AWS::CertificateManager::Certificate',
    list: '/SubjectAlternativeNames',
    of: 'DomainName',
    because: 'ACM lists the name itself among the alternative names (API reference, CertificateDetail)',
  },
];

/** Whether a live element only repeats another property of the resource. */
export function isEchoed(item: Json, { path, document }: Place, { type, desired }: Comparing): boolean {
  if (document !== 'none' || typeof item !== 'string') return false;
  return ECHOES.some((echo) => {
    const name = desired[echo.of];
    return (
      echo.type === type && echo.list === path && typeof name === 'string' && name.toLowerCase() === item.toLowerCase()
    );
  });
}
