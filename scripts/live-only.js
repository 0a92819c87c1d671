/** The places of a live model that its template does not declare, as the baseline sees them. */

/**
 * Yields `[path, value]` of each undeclared scalar, list and object; where the answer is true, what is in the object is
 * not asked for. Attributes by key are parted into declared and undeclared ones.
 */
export function* liveOnly(live, declared, path = '') {
  if (declared?.$unresolved === true) return;
  if (declared === undefined && path !== '' && isObject(live) && Object.keys(live).length > 0) {
    if ((yield [path, live]) === true) return;
  }
  if (isObject(live) && Object.keys(live).length > 0) {
    if (declared !== undefined && !isObject(declared)) return;
    for (const [key, value] of Object.entries(live)) {
      yield* liveOnly(value, declared?.[key], `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
    return;
  }
  if (declared === undefined) yield [path, live];
  else if (path.endsWith('Attributes') && Array.isArray(live) && Array.isArray(declared)) {
    const keys = new Set(declared.map((item) => item?.Key));
    for (const [index, item] of live.entries()) if (!keys.has(item?.Key)) yield [`${path}/${index}`, item];
  } else if (Array.isArray(live) && Array.isArray(declared) && live.length === declared.length) {
    for (const [index, item] of live.entries()) {
      if (isObject(item) && isObject(declared[index])) yield* liveOnly(item, declared[index], `${path}/${index}`);
    }
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
