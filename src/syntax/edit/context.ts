import type { Dialect } from '../dialect.js';
import type { Style } from './style.js';

/** What writing into a document needs to know. */
export interface Context {
  text: string;
  json: boolean;
  dialect: Dialect;
  style: Style;
}
