/** Options that people know from other tools for the same kind of work, and what does the same here. */
const HERE: Readonly<Record<string, string>> = {
  // trivy, checkov, tflint
  '--format': '-o, --output <format[=file]>, such as -o json',
  '--json': '-o json',
  '--sarif': '-o sarif',
  '--output-file': '-o <format>=<file>, such as -o json=drift.json',
  '--output-file-path': '-o <format>=<file>, such as -o json=drift.json',
  '--min-severity': '--severity <severity>',
  '--minimum-severity': '--severity <severity>',
  '--minimum-failure-severity': '--fail-on <severity>',
  '--exit-code': '--fail-on <severity>, or --fail-on never',
  '--soft-fail': '--fail-on never',
  '--hard-fail-on': '--fail-on <severity>',
  '--ignorefile': '"ignore:" in gitops-drift.yaml',
  '--skip-check': '"ignore:" in gitops-drift.yaml',
  '--config-file': '--config <file>',
  // driftctl
  '--from': '"stacks:" in gitops-drift.yaml, or --stack <glob>',
  '--filter': '--stack <glob>, --type <glob> or --path <glob>',
  '--driftignore': '"ignore:" in gitops-drift.yaml',
  '--only-unmanaged': '--unmanaged',
  // Terraform
  '-detailed-exitcode': 'nothing: the exit code is 1 where something drifted',
  '--detailed-exitcode': 'nothing: the exit code is 1 where something drifted',
  '-target': '--stack <glob>, --type <glob> or --path <glob>',
  // AWS and CDK
  '--profile': 'the environment variable AWS_PROFILE',
  '--endpoint-url': 'the environment variable AWS_ENDPOINT_URL',
  '--stack-name': '--stack <glob>',
  '--role-arn': '"roleArn:" of a stack or an account in gitops-drift.yaml',
  '--fail': 'nothing: the exit code is 1 where something drifted; --fail-on <severity> says from when on',
};

/**
 * A message of the command line about an unknown option; where another tool has that option, it says what does the same
 * here, instead of an option that is only spelled alike.
 */
export function withOptionsHere(message: string): string {
  const option = /^error: unknown option '([^'=]+)/.exec(message)?.[1] ?? '';
  const here = Object.hasOwn(HERE, option) ? HERE[option] : undefined;
  if (here === undefined) return message;
  return `${message.replace(/\n\(Did you mean [^\n]*/, '').trimEnd()}\n(use ${here})\n`;
}
