import { type Command, Option } from 'commander';
import { writeStdout } from '../base/streams.js';
import { warn } from './options.js';
import { writeWhole } from './output.js';

interface PermissionsOptions {
  ref?: string;
  config?: string;
  stack?: string[];
  region?: string[];
  provider?: string;
  crossCheck?: boolean;
  unmanaged?: boolean;
  who?: boolean;
  revert?: boolean;
  for?: string;
  split?: boolean;
  output?: string;
}

/** `gitops-drift permissions`: the least IAM policy that a scan needs. */
export function addPermissionsCommand(program: Command): void {
  program
    .command('permissions')
    .description('print the least IAM policy that scanning this repository needs; nothing is asked of the cloud')
    .argument('[repo]', 'a Git work tree or bare repository', '.')
    .option('--ref <ref>', 'read templates and configuration at this commit, branch or tag, not the work tree')
    .option(
      '--config <file>',
      'the configuration, relative to the current directory (default: the nearest gitops-drift.yaml)',
    )
    .option('--stack <glob...>', 'only stacks with these names')
    .option('--region <region...>', 'only these regions')
    .addOption(new Option('--provider <name>', 'what scans with it need').choices(['aws', 'cloudformation']))
    .option('--cross-check', 'what scans with --cross-check need, too')
    .option('--unmanaged', 'what scans with --unmanaged need, too')
    .option('--who', 'what scans with --who need, too')
    .option('--revert', 'what "revert" needs, too')
    .option('--for <role>', 'only what one role needs: its ARN, or its account; "caller": the credentials as they are')
    .option('--split', `print a list of policies, each within IAM's 6,144 characters`)
    .option('-o, --output <file>', 'where to write it (default: stdout)')
    .addHelpText(
      'after',
      `
Examples:
  gitops-drift permissions -o policy.json             and: aws iam create-policy --policy-document file://policy.json …
  gitops-drift permissions --stack 'shop-*'
  gitops-drift permissions --unmanaged --cross-check  for scans with these options
  gitops-drift permissions --revert                   for those who undo drift as well
  gitops-drift permissions --for prod                 of the role that the account "prod" is read as
  gitops-drift permissions --for caller               what the pipeline's own credentials need, next to its roles
  gitops-drift permissions --split                    several policies, for estates of many resource types`,
    )
    .action(runPermissions);
}

async function runPermissions(repository: string, options: PermissionsOptions): Promise<void> {
  const { scanPermissions } = await import('../scan/permissions.js');
  const { MANAGED_POLICY_LIMIT, policySize, splitPolicy } = await import('../cloud/aws/iam/policy.js');
  const { stack: stacks, region: regions, for: principal, split, output, revert: reverts, ...request } = options;
  const { policy, warnings } = await scanPermissions({ repository, ...request, reverts, stacks, regions, principal });
  warn(warnings);
  const size = policySize(policy);
  if (size > MANAGED_POLICY_LIMIT && !split) {
    const message = `the policy has ${size} characters; IAM takes ${MANAGED_POLICY_LIMIT} in a managed policy`;
    warn([
      {
        code: 'permissions-policy-too-long',
        message,
        hint: 'print several policies with --split; a role takes up to 10',
      },
    ]);
  }
  const text = `${JSON.stringify(split ? splitPolicy(policy) : policy, null, 2)}\n`;
  if (output === undefined) await writeStdout(text);
  else await writeWhole(output, text);
}
