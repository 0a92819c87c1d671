/** Things that only CloudFormation knows: there is no live state to read. */
const WITHOUT_STATE =
  /^(?:Custom::.*|AWS::CloudFormation::(?:CustomResource|Macro|WaitCondition|WaitConditionHandle)|AWS::CDK::Metadata)$/;

/** Whether there is something to read of a type at all. */
export function hasLiveState(type: string): boolean {
  return !WITHOUT_STATE.test(type);
}

/** Why nothing is read of a type without live state. */
export function withoutState(type: string): string {
  return `${type} has no live state that AWS could tell`;
}
