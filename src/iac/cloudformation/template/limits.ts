/**
 * Bounds against templates whose references multiply without end. CloudFormation takes templates of up to 1 MB
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html); each bound is far above
 * what such a template needs.
 */
/** Values that evaluating makes; references may multiply what is written. */
export const MAX_VALUES = 500_000;
/** Properties that refer to each other through `Fn::GetAtt`, one after the other; each takes its part of the call stack. */
export const MAX_CHAIN = 100;
/** Entries that one `Fn::ForEach` makes. */
export const MAX_LOOP_ENTRIES = 20_000;
/** Items that one `Fn::Split`, or a list in one parameter, makes, and pieces that one text is put together from. */
export const MAX_ITEMS = 20_000;
/** Characters that functions make, all in all; each `Fn::Base64` or `Fn::ToJsonString` around another one multiplies them. */
export const MAX_MADE_CHARACTERS = 20_000_000;
/** CloudFormation takes 200. */
export const MAX_PARAMETERS = 1_000;
/** CloudFormation takes 500. */
export const MAX_RESOURCES = 5_000;
