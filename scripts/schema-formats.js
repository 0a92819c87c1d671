/** The formats that schemas name, for their validators. */
export { isDay as date } from '../src/base/calendar.js';
