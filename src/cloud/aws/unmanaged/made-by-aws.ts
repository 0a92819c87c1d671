/** What AWS's services make by themselves or for another resource, and how it is told. */
interface Rule {
  /** The key of a tag that only the service sets. */
  tag?: RegExp;
  /** Of the tag; absent: any value. */
  value?: RegExp;
  arn?: RegExp;
  /** What it is, as in "…, which no template declares". */
  reason: string;
}

/** Each line with the reason why such a resource is in nobody's template. `aws:` tags can't be set by users. */
const RULES: readonly Rule[] = [
  { tag: /^aws:autoscaling:groupName$/, reason: 'launched by an Auto Scaling group' },
  { tag: /^aws:ec2:fleet-id$/, reason: 'launched by an EC2 fleet' },
  { tag: /^aws:ec2spot:fleet-request-id$/, reason: 'launched by a spot fleet' },
  { tag: /^aws:eks:|^eks:(?:nodegroup-name|kubernetes-node-pool-name)$/, reason: 'made by EKS for a cluster' },
  { tag: /^kubernetes\.io\/cluster\//, value: /^owned$/, reason: 'made by Kubernetes for a cluster' },
  { tag: /^(?:elbv2|service)\.k8s\.aws\/|^ebs\.csi\.aws\.com\//, reason: 'made by Kubernetes for a cluster' },
  { tag: /^aws:ecs:|^AmazonECSManaged$/, reason: 'made by ECS for a service' },
  { tag: /^(?:aws:)?elasticbeanstalk:/, reason: 'made by Elastic Beanstalk for an environment' },
  { tag: /^aws:elasticmapreduce:/, reason: 'made by EMR for a cluster' },
  { tag: /^aws:cloud9:/, reason: 'made by Cloud9 for an environment' },
  { tag: /^aws:dlm:/, reason: 'made by a lifecycle policy' },
  { tag: /^aws:backup:/, reason: 'made by AWS Backup' },
  { tag: /^aws:secretsmanager:owningService$/, reason: 'a secret that another service manages' },
  { tag: /^AWSBatchServiceTag$/, reason: 'made by Batch for a compute environment' },
  {
    tag: /^aws:(?:lambda|sagemaker|imagebuilder|fis|states|glue|transfer|apprunner|amplify):/,
    reason: 'made by a service',
  },

  { arn: /:iam::\d+:role\/aws-service-role\//, reason: 'a service-linked role' },
  { arn: /:iam::\d+:role\/aws-reserved\//, reason: 'a role of IAM Identity Center' },
  { arn: /:iam::aws:/, reason: 'a policy of AWS' },
  {
    arn: /:(?:pg|cluster-pg|og|subgrp|secgrp|parametergroup|subnetgroup|user)[:/]default(?:[.:-]|$)/,
    reason: 'a default',
  },
  { arn: /:event-bus\/default$/, reason: 'the default event bus' },
  { arn: /:workgroup\/primary$/, reason: 'the default workgroup' },
  { arn: /:schedule-group\/default$/, reason: 'the default schedule group' },
  { arn: /:backup-vault:(?:Default$|aws\/)/, reason: 'a default backup vault' },
  { arn: /:codedeploy:.*:deploymentconfig:CodeDeployDefault\./, reason: 'a deployment configuration of AWS' },
  { arn: /:apprunner:(?:(?!:apprunner:).)*\/DefaultConfiguration\//, reason: 'a default configuration' },
  { arn: /:alias\/aws\//, reason: 'an alias of a key of AWS' },
  { arn: /:parameter\/aws\/|:document\/AWS-/, reason: 'published by AWS' },
  { arn: /:s3:::(?:cf-templates-|elasticbeanstalk-)/, reason: 'a bucket that a service made for uploads' },

  { arn: /:cloudformation:.*:(?:stack|stackset|changeSet)\//, reason: 'a stack itself' },
  { arn: /:(?:cluster-)?snapshot:(?:rds|awsbackup):|:(?:cluster-)?auto-backup:/, reason: 'an automatic snapshot' },
  { arn: /:backup:.*:recovery-point:/, reason: 'a backup' },
  { arn: /:ecs:.*:(?:task|container-instance)\//, reason: 'a run, or a member of a cluster' },
  { arn: /:ssm:.*:(?:session|automation-execution)\//, reason: 'a run' },
  { arn: /:codebuild:.*:build(?:-batch)?\//, reason: 'a run' },
  { arn: /:batch:.*:job\/|:states:.*:execution:/, reason: 'a run' },
  { arn: /:sagemaker:.*:(?:training|processing|transform|labeling|hyper-parameter-tuning)-job\//, reason: 'a run' },
  { arn: /:ec2:.*:spot-instances-request\//, reason: 'a request' },
];

/** Why AWS, not a person, made a resource; undefined where nothing says so. `tags` are the resource's own. */
export function madeByAws(arn: string, tags: Readonly<Record<string, string>>): string | undefined {
  return RULES.find((rule) => applies(rule, arn, tags))?.reason;
}

function applies({ tag, value, arn: pattern }: Rule, arn: string, tags: Readonly<Record<string, string>>): boolean {
  if (pattern) return pattern.test(arn);
  return Object.entries(tags).some(([key, each]) => tag?.test(key) && (value === undefined || value.test(each)));
}
