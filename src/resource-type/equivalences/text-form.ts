import type { Equivalence } from './equivalence.js';

/**
 * The same scalar in another form: `true` and `"true"`, `10` and `"10"`, `1` and `"1.0"`. CloudFormation hands every
 * scalar on as text, so that services return what their own model says. Two texts are numbers only outside versions:
 * `5.1` and `5.10` are two versions.
 */
export const textForm: Equivalence = (desired, live, { property }) => {
  if (typeof desired === 'object' || typeof live === 'object') return false;
  if (typeof desired === typeof live && typeof desired !== 'string') return false;
  const [left, right] = [String(desired), String(live)];
  if (left === right) return true;
  if (/^(?:true|false)$/i.test(left) && /^(?:true|false)$/i.test(right))
    return left.toLowerCase() === right.toLowerCase();
  if (typeof desired === typeof live && /version|release/i.test(property)) return false;
  return isDecimal(left) && isDecimal(right) && Number(left) === Number(right);
};

/** Without leading zeros: `012345678901` is an account, not a number. */
function isDecimal(text: string): boolean {
  return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/.test(text);
}
