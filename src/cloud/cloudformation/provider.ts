import { createAwsProvider } from '../aws/provider.js';
import type { Provider } from '../cloud.js';
import type { ProviderOptions } from '../options.js';

/** A provider whose judge is AWS: structure as from `aws`, and each stack's drift from CloudFormation's own detection. */
export function createCloudFormationProvider(options: ProviderOptions): Provider {
  const { secondOpinion, ...aws } = createAwsProvider(options);
  return { ...aws, name: 'cloudformation', readResource: secondOpinion, readModel: aws.readResource };
}
