import { isObject } from '../base/json.js';
import { isUnresolved, type Plain, type PlainObject } from '../value/value.js';
import { isSecretName } from './secret-name.js';
import type { SecretCalls } from './types.js';

/** What names a pair, however AWS spells it: `Name`, `ParameterKey`, `OptionName`, `HeaderName`, `Id`. */
const NAME_KEY = /^(?:name|key|id|variable|Id|Variable)$|(?:^|[a-z])(?:Name|Key)$/;
/** What holds its value: `Value`, `ParameterValue`, `StringValue`, `Values`. */
const VALUE_KEY = /^(?:value|values|default|Default|content)$|(?:^|[a-z])Values?$/;
/** Services say of a pair that its value is a secret. */
const SECRET_MARKS = [
  'IsValueSecret',
  'IsSecret',
  'Secret',
  'secret',
  'Sensitive',
  'sensitive',
  'Secure',
  'IsSensitive',
];
/** CodeBuild's variables of these types only name where the secret is kept. */
const KEPT_ELSEWHERE = /^(?:PARAMETER_STORE|SECRETS_MANAGER)$/;

/** The names that an element of a list of pairs is called by, the first that counts first. */
export function nameKeysOf(keys: Iterable<string>): string[] {
  return [...keys].filter((key) => NAME_KEY.test(key));
}

/** Whether a key is where a pair, or the description of a variable, has its value. */
export function isValueKey(key: string): boolean {
  return VALUE_KEY.test(key);
}

/** Whether an object is the name and value of a secret. */
export function isSecretPair(pair: PlainObject, calls?: SecretCalls): boolean {
  if (SECRET_MARKS.some((mark) => pair[mark] === true || pair[mark] === 'true')) return true;
  if (typeof pair['Type'] === 'string' && KEPT_ELSEWHERE.test(pair['Type'])) return false;
  return Object.entries(pair).some(([key, value]) => NAME_KEY.test(key) && isSecretName(nameText(value, calls)));
}

/** The end of a name, also of one that a template makes: of `/${Env}/password` what is written. */
function nameText(value: Plain | undefined, calls: SecretCalls | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return nameText(value.at(-1), calls);
  if (calls === undefined || isUnresolved(value) || !isObject(value)) return '';
  return nameText(calls.endOf(value as PlainObject), calls);
}
