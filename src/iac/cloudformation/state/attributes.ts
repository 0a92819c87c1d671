import { isObject, type Json, type JsonObject, valueUnder } from '../../../base/json.js';

/**
 * The value of `Fn::GetAtt` in a live model: attributes are (possibly nested) properties of the model, by the schema's
 * rule that readable attributes are its `readOnlyProperties`. Nested stacks list their outputs instead
 * (`Outputs: [{OutputKey, OutputValue}]`).
 * Undefined where the model does not tell.
 */
export function attributeOf(model: JsonObject, attribute: string): Json | undefined {
  if (Object.hasOwn(model, attribute)) return model[attribute];
  const keys = attribute.split('.');
  const outputs = model['Outputs'];
  if (keys[0] === 'Outputs' && Array.isArray(outputs)) return outputValue(outputs, keys.slice(1).join('.'));
  return valueUnder(model, keys);
}

function outputValue(outputs: Json[], name: string): Json | undefined {
  const output = outputs.find((entry) => isObject(entry) && entry['OutputKey'] === name);
  return isObject(output) ? output['OutputValue'] : undefined;
}
