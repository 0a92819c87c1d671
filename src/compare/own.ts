import type { IsOwn } from './significant.js';

export function isOwnOf(_type: string): IsOwn {
  return () => false;
}
