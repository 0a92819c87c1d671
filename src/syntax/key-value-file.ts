/** Files of `Key=Value` lines, as people give them to `aws cloudformation deploy --parameter-overrides $(cat …)`. */
export const KEY_VALUE_FILE =
  /(?:^|\/)(?:\.env(?:\.[^/]+)?|[^/]+\.(?:cfg|conf|env|ini|parameters|params|properties|txt))$/i;
