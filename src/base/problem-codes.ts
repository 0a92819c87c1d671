/** What a code stands for: the cause, and what a person does next. */
interface Explanation {
  cause: string;
  remedy: string;
}

/**
 * Every cause of a problem that has a remedy of its own; `docs/errors.md` is made of this table. A code never changes its
 * meaning. The word before its first hyphen says what it is about.
 */
export const PROBLEM_CODES = {
  'usage-ambiguous': {
    cause: 'The beginning of an id means several findings.',
    remedy: 'Give more of its digits; the message lists the ids.',
  },
  'usage-bad-value': {
    cause: 'An option or argument has a value that is not understood.',
    remedy: 'Take one of the values that the message or `--help` names.',
  },
  'usage-conflict': {
    cause: 'Options were given that do not go together, or match more than they may.',
    remedy: 'Leave one of them out, or choose more narrowly.',
  },
  'usage-file-exists': {
    cause: 'A file would be overwritten.',
    remedy: 'Allow it with `--force`, or name another file.',
  },
  'usage-missing': {
    cause: 'Something that the command works on was not named.',
    remedy: 'Name it, as the hint says.',
  },
  'usage-no-match': {
    cause: 'What an option names is not there: no such stack, region, finding or role.',
    remedy: 'Correct the spelling; the hint names what there is.',
  },
  'usage-no-terminal': {
    cause: 'A command asks questions, and there is no terminal to ask them on.',
    remedy: 'Use the commands that the hint names, which ask nothing.',
  },
  'usage-no-work-tree': {
    cause: 'Files are to be written, and there are none: the repository is bare, or a commit is read.',
    remedy: 'Write to stdout, another file or a branch instead, as the hint says.',
  },
  'usage-not-writable': {
    cause: 'An output file cannot be written: its folder is missing or closed, or it is no regular file.',
    remedy: 'Make the folder, or name a file in one that can be written to.',
  },
  'usage-provider-cannot': {
    cause: 'The chosen provider lacks what an option asks for.',
    remedy: 'Leave the option out, or scan with `--provider aws`.',
  },

  'config-bad-path': {
    cause: 'A path in the configuration is absolute, leads out of the repository, or has backslashes.',
    remedy: "Write it relative to the configuration's folder, with forward slashes.",
  },
  'config-invalid': {
    cause: 'A value in the configuration is not what its key takes.',
    remedy: 'Correct the line that the message names; `schemas/config.schema.json` describes every key.',
  },
  'config-no-template': {
    cause: 'The configuration names a template that the repository does not have.',
    remedy: 'Correct `template:`, or commit the file.',
  },
  'config-not-found': {
    cause: 'The configuration that is asked for is not there, or is not in the repository that is scanned.',
    remedy: 'Give its path relative to the current directory; in a bare repository, relative to its root.',
  },
  'config-nothing-included': {
    cause: 'An entry of `include:` matches no folder that has a configuration.',
    remedy: 'Correct the entry, or write a `gitops-drift.yaml` in the folder.',
  },
  'config-repeated': {
    cause: 'A key, stack, account or rule is given twice.',
    remedy: 'Remove one of them; the message names both lines.',
  },
  'config-two-files': {
    cause: 'A folder has both a `gitops-drift.yaml` and a `gitops-drift.yml`.',
    remedy: 'Remove one of them.',
  },
  'config-two-providers': {
    cause: 'Folders that are scanned together say different things of where live state comes from.',
    remedy: 'Scan each of them by itself, or say it for all with `--provider` or `--snapshot`.',
  },
  'config-unknown-key': {
    cause: 'The configuration has a key that does not exist.',
    remedy: 'Correct the spelling; the hint names the closest key, or all of them.',
  },
  'config-unknown-name': {
    cause: 'The configuration refers to an account or a shipped rule that does not exist.',
    remedy: 'Correct the name, or define it.',
  },

  'discovery-file-skipped': {
    cause: 'A file may be a template, but could not be read as one.',
    remedy: 'Mend the file if it is a template; else ignore the warning.',
  },
  'discovery-no-match': {
    cause: 'A template and a deployed stack could not be matched to each other.',
    remedy: 'Name both in `gitops-drift.yaml`; `gitops-drift init` writes one.',
  },
  'discovery-no-stack': {
    cause: 'No stack is deployed where it was looked for.',
    remedy: 'Check the account and region of the credentials, and `--region`.',
  },
  'discovery-no-template': {
    cause: 'The repository has no template that can be recognised.',
    remedy: 'Scan the repository that has them, or name them in `gitops-drift.yaml`.',
  },
  'discovery-place-not-read': {
    cause: 'Stacks of an account or region could not be listed.',
    remedy: 'See the reason in the message: mostly a permission or a region that is not enabled.',
  },
  'discovery-unsure': {
    cause: 'A stack fits several templates, or a template several stacks.',
    remedy: 'Say which belong together in `gitops-drift.yaml`.',
  },

  'file-bad-json': {
    cause: 'A file is not well-formed JSON.',
    remedy: 'Correct it at the line and column of the message.',
  },
  'file-bad-toml': {
    cause: 'A `samconfig.toml` is not well-formed TOML.',
    remedy: 'Correct it at the line and column of the message.',
  },
  'file-bad-yaml': {
    cause: 'A file is not well-formed YAML, or uses what a template may not hold.',
    remedy: 'Correct it at the line and column of the message.',
  },
  'file-empty': {
    cause: 'A file has no content.',
    remedy: 'Fill it, or take it out of the configuration.',
  },
  'file-lfs-pointer': {
    cause: 'Git LFS has put a pointer in the place of the file.',
    remedy: 'Run `git lfs pull`, and scan the work tree.',
  },
  'file-not-utf8': {
    cause: 'A file is text of another encoding.',
    remedy: 'Save it as UTF-8.',
  },
  'file-too-big': {
    cause: 'A file is bigger, or nested more deeply, than is read.',
    remedy: 'Split it; CloudFormation takes templates of up to 1 MB.',
  },
  'file-unknown-tag': {
    cause: 'A YAML tag is not one of CloudFormation.',
    remedy: 'Correct the function; the hint names the closest one.',
  },
  'file-unreadable': {
    cause: 'The operating system does not let a file be read, or it is not there.',
    remedy: 'Check its name and permissions.',
  },

  'template-bad-function': {
    cause: 'A function of a template cannot be evaluated, or refers to something that is not there.',
    remedy: 'Correct the line that the message names.',
  },
  'template-circular': {
    cause: 'Resources depend on each other in a circle.',
    remedy: 'Break the circle that the hint shows.',
  },
  'template-invalid': {
    cause: 'A template is not built as CloudFormation requires.',
    remedy: 'Correct the line that the message names; `aws cloudformation validate-template` says the same.',
  },
  'template-nested-without-end': {
    cause: 'Nested stacks hold each other, or are nested too deeply.',
    remedy: 'Break the circle that the message shows.',
  },
  'template-too-large': {
    cause: 'A template evaluates to more than is held.',
    remedy: 'Split it, or shorten its loops.',
  },

  'parameters-bad-file': {
    cause: 'A parameter file has none of the known formats.',
    remedy: 'Write it in one of the formats that the hint names.',
  },
  'parameters-bad-value': {
    cause: "A parameter's value is not one that the template allows.",
    remedy: 'Correct the value, or what the template allows.',
  },
  'parameters-missing': {
    cause: 'A parameter has neither a value nor a default.',
    remedy: 'Set it under `parameters:` or in the `parametersFile:`, or give it a `Default`.',
  },
  'parameters-not-plain': {
    cause: 'A file of parameters is made by another program when it deploys, so that it can not be read as it is.',
    remedy: 'Write the values as `parameters:` of the stack.',
  },
  'parameters-repeated': {
    cause: 'A parameter is given twice.',
    remedy: 'Remove one of them.',
  },
  'parameters-unknown': {
    cause: 'A value is given for a parameter that the template does not declare.',
    remedy: 'Remove the value, or declare the parameter.',
  },

  'git-bad-branch': {
    cause: 'A branch cannot be made: its name is taken or not allowed.',
    remedy: 'Take another name, or delete the branch.',
  },
  'git-bad-link': {
    cause: 'A symbolic link leads out of the repository, in a circle, or is too long.',
    remedy: 'Replace it by the file, or by a relative link within the repository.',
  },
  'git-bad-path': {
    cause: 'A path is absolute, leads out of the repository or into `.git`, or has backslashes.',
    remedy: "Write it relative to the repository's root, with forward slashes.",
  },
  'git-bad-settings': {
    cause: 'A setting of your own Git configuration names a file that is of no use.',
    remedy: 'Correct the setting that the message names.',
  },
  'git-failed': {
    cause: 'A Git command failed for a reason of its own.',
    remedy: "See Git's words in the message.",
  },
  'git-lacks-object': {
    cause: 'The clone lacks a commit or file: it is shallow, partial or damaged.',
    remedy: 'Fetch it: `git fetch --unshallow`, or `fetch-depth: 0` in CI.',
  },
  'git-no-commits': {
    cause: 'The repository has no commits yet.',
    remedy: 'Commit the templates first.',
  },
  'git-no-file': {
    cause: 'A file is not in the work tree or commit that is read.',
    remedy: 'Correct the path, or commit the file.',
  },
  'git-no-identity': {
    cause: 'Git does not know who commits.',
    remedy: 'Set `user.name` and `user.email` with `git config`.',
  },
  'git-no-repository': {
    cause: 'A path is not in a Git repository, or does not exist.',
    remedy: 'Give the path of a clone, or start one with `git init`.',
  },
  'git-no-work-tree': {
    cause: 'A path is in a `.git` folder, or the repository says that its files are elsewhere.',
    remedy: 'Give the directory that holds the files.',
  },
  'git-not-a-file': {
    cause: 'A path is a directory, a device or something else that is no regular file.',
    remedy: 'Name a file.',
  },
  'git-not-committed': {
    cause: 'Files have changes that are not committed, or are not in the commit.',
    remedy: 'Commit them, or scan a commit with `--ref HEAD`.',
  },
  'git-not-found': {
    cause: 'The command `git` was not found or could not be started.',
    remedy: 'Install Git, and put it on the `PATH`.',
  },
  'git-not-trusted': {
    cause: 'The repository belongs to another user.',
    remedy: 'If you trust it, add it to `safe.directory` with the command of the hint.',
  },
  'git-remote-refused': {
    cause: 'The remote cannot be read or pushed to.',
    remedy: 'Check its address and that the token may push; see `docs/github-actions.md` and `docs/gitlab.md`.',
  },
  'git-submodule': {
    cause: 'A path leads into a submodule, which is another repository.',
    remedy: 'Scan the submodule on its own.',
  },
  'git-unknown-commit': {
    cause: '`--ref` names no commit of the repository.',
    remedy: 'Correct it, or fetch the branch, tag or commit.',
  },

  'snapshot-incomplete': {
    cause: 'A snapshot does not hold what is asked of it.',
    remedy: 'Record it with the option that the hint names.',
  },
  'snapshot-invalid': {
    cause: 'A file is no snapshot, or a damaged one.',
    remedy: 'Record it again with `gitops-drift snapshot`.',
  },
  'snapshot-unknown-version': {
    cause: 'A snapshot was recorded by another version.',
    remedy: 'Use a newer gitops-drift, or record it again.',
  },
  'report-invalid': {
    cause: 'A file is no report, or a damaged one.',
    remedy: 'Write it again with `gitops-drift scan -o json=<file>`; code scanning takes `-o sarif=<file>`.',
  },
  'report-mismatch': {
    cause: 'Reports are not of the same repository, commit or set of shards.',
    remedy: 'Give reports of one scan; `--new-since` takes an earlier one of the same repository.',
  },
  'report-repeated': {
    cause: 'Two reports hold the same stack or shard.',
    remedy: 'Give each report once.',
  },
  'report-shard-missing': {
    cause: 'The report of a shard is missing.',
    remedy: 'Scan what is missing, or allow it with `--allow-missing`.',
  },
  'report-unknown-version': {
    cause: 'A report was written by another version.',
    remedy: 'Use a newer gitops-drift, or write it again.',
  },
  'report-without-patches': {
    cause: 'A report was made with `--no-patch`, so it has no edits.',
    remedy: 'Scan again without `--no-patch`.',
  },
  'baseline-invalid': {
    cause: 'A file is no baseline, or a damaged one.',
    remedy: 'Write it again with `gitops-drift baseline`.',
  },
  'baseline-missing': {
    cause: 'The configuration names a baseline that does not exist.',
    remedy: 'Write it with `gitops-drift baseline`, or remove `baseline:`.',
  },
  'baseline-of-folder': {
    cause: 'A folder that is scanned together with others has a baseline of its own, which was not written.',
    remedy: 'Write it by itself: `gitops-drift baseline <folder>`.',
  },
  'baseline-stale': {
    cause: 'An entry of the baseline is of a resource that was replaced.',
    remedy: 'Look at the new one, and write the baseline again with `gitops-drift baseline`.',
  },
  'baseline-unknown-version': {
    cause: 'A baseline was written by another version.',
    remedy: 'Use a newer gitops-drift, or write it again.',
  },

  'patch-does-not-apply': {
    cause: 'The edits do not fit the commit that the branch starts from.',
    remedy: 'Scan a clean checkout of that commit.',
  },
  'patch-edits-overlap': {
    cause: 'Two edits are of the same place, or of the same file under two names.',
    remedy: 'Patch from a new scan, or choose the findings one by one with `--finding`.',
  },
  'patch-file-changed': {
    cause: 'A file changed since it was scanned, so its edit is no longer proven.',
    remedy: 'Scan again.',
  },
  'patch-not-written': {
    cause: 'A file could not be written; the others are as they were, unless the message says otherwise.',
    remedy: 'Check permissions and free space, then patch again.',
  },

  'region-missing': {
    cause: 'No region is known for a stack or a search.',
    remedy: 'Set `region:`, `--region` or `AWS_REGION`.',
  },
  'region-not-enabled': {
    cause: 'A region refuses credentials that others take: the account has not enabled it.',
    remedy: 'Enable it in the account, or take it out of the scan.',
  },
  'credentials-expired': {
    cause: 'The credentials or the SSO session have expired.',
    remedy: 'Get new ones, for example with `aws sso login`.',
  },
  'credentials-missing': {
    cause: 'No AWS credentials were found.',
    remedy: 'Set `AWS_PROFILE`, or the access key in the environment, or run `aws sso login`.',
  },
  'credentials-no-profile': {
    cause: '`AWS_PROFILE` names a profile that is in none of the AWS configuration files.',
    remedy: 'Correct the name, or make the profile with `aws configure --profile <name>`.',
  },
  'credentials-other-account': {
    cause: 'The credentials belong to another account than the configured one.',
    remedy: 'Use credentials of that account, or give it a `roleArn`.',
  },
  'credentials-refused': {
    cause: 'AWS does not accept the credentials.',
    remedy: 'Check the keys or the profile with `aws sts get-caller-identity`.',
  },
  'credentials-role-refused': {
    cause: 'A role cannot be assumed.',
    remedy: 'Check its ARN, and that it trusts these credentials (`sts:AssumeRole`).',
  },
  'cloud-bad-answer': {
    cause: 'AWS answered with something that cannot be the whole truth.',
    remedy: 'Scan again.',
  },
  'cloud-read-only': {
    cause: 'An operation that may change the cloud was about to be sent by a command that only reads; it was not sent.',
    remedy: 'Report it with the message: it is a defect, and nothing was changed.',
  },
  'cloud-request-failed': {
    cause: 'AWS refused a request, mostly for want of a permission.',
    remedy: 'See the reason in the message; `gitops-drift permissions` prints the policy that a scan needs.',
  },
  'cloud-too-slow': {
    cause: 'AWS did not finish in time.',
    remedy: 'Scan again later, or with `--provider aws`.',
  },
  'cloud-unreachable': {
    cause: 'AWS could not be reached.',
    remedy: 'Check the network, the name of the region, and `AWS_ENDPOINT_URL`.',
  },
  'stack-not-found': {
    cause: 'A stack is not deployed, or not in the snapshot.',
    remedy: 'Check its name, region and account.',
  },
  'stack-template-unknown': {
    cause: "A stack's deployed template could not be read.",
    remedy: 'Allow `cloudformation:GetTemplate`; until then, pending changes may show as drift.',
  },
  'stack-unsettled': {
    cause: 'A stack is being changed, was changed during the scan, or was never deployed in whole.',
    remedy: 'Scan again when CloudFormation is done.',
  },
  'type-schema-unusable': {
    cause: "A resource type's schema from the registry cannot be used.",
    remedy: 'Report it to the publisher of the type; its resources are not compared.',
  },
  'scan-shard-empty': {
    cause: 'No stack falls into this shard.',
    remedy: 'Nothing is wrong; use fewer shards if most are empty.',
  },
  'blame-unknown': {
    cause: 'Git cannot say who last changed a file.',
    remedy: 'See the reason in the message; `fetch-depth: 0` in CI gives the whole history.',
  },

  'ignore-expired': {
    cause: 'A rule or comment that ignores findings has expired.',
    remedy: 'Renew it with a new `until`, or remove it.',
  },
  'ignore-invalid': {
    cause: 'A `gitops-drift:ignore` of a template is not understood or stands at nothing.',
    remedy: 'Write it as the hint shows, with a reason, above the resource or property.',
  },
  'ignore-refused': {
    cause:
      'No rule is written to ignore a finding: it would not cover it, or others as well, or there is no room for it.',
    remedy: 'Write it to the other place (`--in config` or `--in template`), or by hand.',
  },
  'ignore-unused': {
    cause: 'A rule or comment that ignores findings matches nothing.',
    remedy: 'Remove it if it is no longer needed.',
  },
  'who-budget': {
    cause: 'With `--who`: the requests to CloudTrail were used up before all findings were asked for.',
    remedy: 'Raise `--who-budget`, or scan fewer stacks at a time.',
  },
  'who-unknown': {
    cause: 'With `--who`: CloudTrail could not be asked, mostly for want of `cloudtrail:LookupEvents`.',
    remedy: 'Allow it: `gitops-drift permissions --who` prints the policy.',
  },
  'revert-changed': {
    cause: 'A change set no longer says what was approved, or its stack has changed since.',
    remedy: 'Make a new plan with `revert --plan`, and have that one approved.',
  },
  'revert-failed': {
    cause: 'AWS could not make or execute a change set.',
    remedy: 'See the reason in the message; what could not be deployed was rolled back.',
  },
  'revert-refused': {
    cause: 'No change set of this tool undoes what was asked for.',
    remedy: 'Go the other way that the message names.',
  },
  'revert-unsupported': {
    cause: 'Live state comes from where nothing can be changed.',
    remedy: 'Use the provider `aws`.',
  },

  'permissions-incomplete': {
    cause: 'The policy may lack actions, since what a type needs is not known.',
    remedy: "Add what its service needs for describing it, or attach AWS's `ReadOnlyAccess`.",
  },
  'permissions-more-than-reading': {
    cause: "AWS's schemas ask for more than reading.",
    remedy: 'See which actions were set apart or left out; nothing has to be done.',
  },
  'permissions-policy-too-long': {
    cause: 'The policy is longer than IAM takes.',
    remedy: 'Print several with `--split`.',
  },

  'forge-not-set-up': {
    cause: 'The pipeline does not give what is needed to speak to GitHub or GitLab.',
    remedy: 'Pass the token and variables that the message names.',
  },
  'forge-request-failed': {
    cause: 'GitHub or GitLab refused a request, or could not be reached.',
    remedy: 'Check the permissions of the token, as the hint says.',
  },

  'internal-error': {
    cause: 'This is a defect of gitops-drift.',
    remedy: 'Report it, with the message and the version.',
  },

  'cdk-bad-assembly': {
    cause: 'A cloud assembly of CDK is broken, contains itself, or names files outside of its folder.',
    remedy: 'Make it anew with `cdk synth`.',
  },
  'cdk-newer-assembly': {
    cause: 'A cloud assembly was written in a newer format than this version of gitops-drift knows.',
    remedy: 'Nothing, if the report makes sense; else update gitops-drift.',
  },
  'cdk-no-assembly': {
    cause: 'A CDK app has no cloud assembly where it is looked for, or not at the commit that is scanned.',
    remedy:
      'Run `cdk synth` first, or name the folder with `cdk: { out: … }`; with `--ref`, commit the assembly, or scan the work tree.',
  },
  'cdk-no-line': {
    cause: 'The cloud assembly does not say which line of the app created a resource.',
    remedy: 'Synthesise with `NODE_OPTIONS=--stack-trace-limit=30`; with aws-cdk-lib before 2.251 with `CDK_DEBUG=1`.',
  },
  'cdk-not-as-deployed': {
    cause: 'The templates of a cloud assembly are not the deployed ones: it is newer or older than the deployment.',
    remedy: 'Synthesise the commit that is deployed, or deploy.',
  },
  'cdk-stale': {
    cause: 'A cloud assembly is older than the sources of its app.',
    remedy: 'Run `cdk synth` again.',
  },

  'sam-transform': {
    cause: "`--prove-sam` was given, and SAM's own translator is not there, or refuses the template.",
    remedy: 'Install `aws-sam-translator` for `python3`, or leave out `--prove-sam`.',
  },
} satisfies Record<string, Explanation>;

/** What is wrong, as programs and people look it up. */
export type ProblemCode = keyof typeof PROBLEM_CODES;
