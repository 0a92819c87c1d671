import type { ResourceType } from '../../resource-type/resource-type.js';
import type { PlainObject } from '../../template/value.js';
export function cloudControlIdentifier(
  type: ResourceType,
  { physicalId }: { physicalId: string; properties: PlainObject; environment: { region: string } },
): { identifier: string } | { missing: string } {
  return type.primaryIdentifier.length === 1
    ? { identifier: physicalId }
    : { missing: type.primaryIdentifier[1] ?? '' };
}
