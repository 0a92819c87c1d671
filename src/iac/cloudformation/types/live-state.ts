/** Things that only CloudFormation knows: there is no live state to read. */
const WITHOUT_STATE =
  /^(?:Custom::.*|AWS::CloudFormation::(?:CustomResource|Macro|WaitCondition|WaitConditionHandle)|AWS::CDK::Metadata)$/;

/** Why nothing is read of a type without live state; undefined for all others. */
export function withoutState(type: string): string | undefined {
  return WITHOUT_STATE.test(type) ? `${type} has no live state that AWS could tell` : undefined;
}
