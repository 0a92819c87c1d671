import { get, type MapEntry, type Node, stringOf, textOf } from '../../../syntax/node.js';
import type { Range, Source } from '../../../syntax/source.js';
import { narrowing } from '../../../value/narrowed.js';
import type { Origin, Value } from '../../../value/value.js';
import { MAX_ITEMS } from './limits.js';

/** What a parameter's type means for its value. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
interface ParameterType {
  /** Comma-joined where it is text. */
  isList: boolean;
  isNumber: boolean;
  /** Given as the name of an SSM parameter that holds the value. */
  isName: boolean;
}

export function parameterType(declaration: Node): ParameterType {
  const type = stringOf(get(declaration, 'Type')) ?? 'String';
  const isName = type.startsWith('AWS::SSM::Parameter::Value<');
  const inner = isName ? type.slice('AWS::SSM::Parameter::Value<'.length, -1) : type;
  return { isName, isList: /^(?:List<|CommaDelimitedList$)/.test(inner), isNumber: /^(?:List<)?Number>?$/.test(inner) };
}

/** The value of a parameter as `Ref` gives it: text, a list of texts, or unresolved. */
export function parameterValue({ key: name, value: node }: MapEntry, { text, ssmName, origin }: GivenParameter): Value {
  const { isList, isName } = parameterType(node);
  const secret = textOf(get(node, 'NoEcho'))?.toLowerCase() === 'true' ? { secret: true } : {};
  if (text === undefined && isName) {
    const which = ssmName === undefined || 'secret' in secret ? 'an SSM parameter' : `the SSM parameter ${ssmName}`;
    const message = `parameter ${name} names ${which}, whose value is not known here`;
    return { kind: 'unresolved', code: 'parameter', message, ...secret, origin };
  }
  if (text === undefined) {
    const message = `parameter ${name} is NoEcho: CloudFormation does not tell its value`;
    return { kind: 'unresolved', code: 'no-echo', message, secret: true, never: true, origin };
  }
  if (!isList) return { kind: 'scalar', value: text, ...secret, origin };
  const texts = text.split(',', MAX_ITEMS + 1);
  if (texts.length > MAX_ITEMS)
    return { kind: 'unresolved', code: 'unsupported', message: tooLong(name), ...secret, origin };
  const part = narrowing(origin, text);
  let at = 0;
  // A blank text is a list of one blank element, as CloudFormation hands it on.
  const items = texts.map((element): Value => {
    const value = element.trim();
    const start = at + element.length - element.trimStart().length;
    at += element.length + 1;
    return { kind: 'scalar', value, ...secret, origin: part(start, start + value.length) };
  });
  return { kind: 'list', items, origin };
}

function tooLong(name: string): string {
  return `Parameter '${name}' has more than ${MAX_ITEMS} items`;
}

/** What is wrong with a value that a person gave, in CloudFormation's words. Values themselves may be secret and are not told. */
export function parameterMistake({ key: name, value: node }: MapEntry, text: string): string | undefined {
  const { isList, isNumber } = parameterType(node);
  const texts = isList ? elements(text).map((element) => element.trim()) : [text];
  if (texts.length > MAX_ITEMS) return tooLong(name);
  if (isNumber && texts.some((each) => each === '' || !Number.isFinite(Number(each)))) {
    return `Parameter '${name}' must be a number.`;
  }
  const allowed = get(node, 'AllowedValues');
  if (allowed?.kind === 'list') {
    const values = allowed.items.flatMap((item) => textOf(item) ?? []);
    const known = new Set(values);
    if (!texts.every((each) => known.has(each))) {
      return `Parameter '${name}' must be one of AllowedValues: [${values.join(', ')}]`;
    }
  }
  return beyondLimits(name, node, text, isNumber);
}

function beyondLimits(name: string, node: Node, text: string, isNumber: boolean): string | undefined {
  const [minLength, maxLength, least, most] = ['MinLength', 'MaxLength', 'MinValue', 'MaxValue'].map((key) => {
    const limit = textOf(get(node, key));
    return limit === undefined ? undefined : Number(limit);
  });
  if (minLength !== undefined && text.length < minLength)
    return `Parameter '${name}' must contain at least ${minLength} characters`;
  if (maxLength !== undefined && text.length > maxLength)
    return `Parameter '${name}' must contain at most ${maxLength} characters`;
  if (!isNumber) return undefined;
  if (least !== undefined && Number(text) < least) return `Parameter '${name}' must be a number not less than ${least}`;
  if (most !== undefined && Number(text) > most) return `Parameter '${name}' must be a number not greater than ${most}`;
  return undefined;
}

/** What is checked of a list: of a blank one nothing. */
function elements(text: string): string[] {
  return text.trim() === '' ? [] : text.split(',');
}

/** What is known of a parameter's value, and where that stands. */
export interface GivenParameter {
  /** Absent where CloudFormation keeps it to itself (NoEcho), or knows what an SSM name stands for and we don't. */
  text?: string;
  /** The name in Parameter Store, where the value stands there. */
  ssmName?: string;
  /** Whether a person gave it (it stands in the repository), not the deployed stack. */
  place?: { source: Source; range: Range };
  origin: Origin;
}
