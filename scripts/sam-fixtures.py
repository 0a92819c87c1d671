#!/usr/bin/env python3
"""Makes the recorded state of fixtures/sam and fixtures/demo-sam from their sources.

Each application there is a SAM project as it stands in Git. This says what AWS would have of it when it was deployed from
just that: the packaged template, what the SAM transform made of it, and a live model of each resource. The result is
the application's live.json, a snapshot of gitops-drift.

    pip install aws-sam-translator==1.110.0
    python3 scripts/sam-fixtures.py            # all applications; or the names of some

It asks nothing of a network. The tests read what it has written; it is not run by them.
"""

import copy
import hashlib
import json
import os
import re
import sys
from pathlib import Path

os.environ.update(AWS_DEFAULT_REGION="eu-west-1", AWS_ACCESS_KEY_ID="none", AWS_SECRET_ACCESS_KEY="none")

import gzip

import yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

HOME = Path(__file__).resolve().parent.parent
ACCOUNT, REGION, PARTITION, SUFFIX = "111111111111", "eu-west-1", "aws", "amazonaws.com"
BUCKET = "artifacts-111111111111"
# What is packaged, and whether the place is named by a text or by its parts.
PACKAGED = {"CodeUri": "text", "ContentUri": "text", "DefinitionUri": "parts", "Location": "url", "TemplateURL": "url"}
INDEX = dict(
    line.split("\t", 1)
    for line in gzip.open(HOME / "data/resource-types.json.gz", "rt").read().split("\n")
    if "\t" in line
)


class ManagedPolicies:
    def load(self):
        roles = ("AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole", "AWSLambdaKinesisExecutionRole",
                 "AWSLambdaSQSQueueExecutionRole", "AWSCodeDeployRoleForLambda")
        return {
            **{name: f"arn:aws:iam::aws:policy/service-role/{name}" for name in roles},
            **{name: f"arn:aws:iam::aws:policy/{name}" for name in
               ("AWSXRayDaemonWriteAccess", "CloudWatchLambdaInsightsExecutionRolePolicy")},
        }


def digest(*texts):
    return hashlib.sha256("/".join(texts).encode()).hexdigest()


def generated(*texts):
    """A part of a generated name, such as 1QX8ZC07T4B2M."""
    number = int(digest(*texts), 16)
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return "".join(letters[number // 36**place % 36] for place in range(12))


def uuid(*texts):
    return re.sub(r"^(.{8})(.{4})(.{4})(.{4})(.{12}).*", r"\1-\2-\3-\4-\5", digest(*texts))


def packaged(node, stack, owner=None):
    """As `sam build` and `sam package` leave a template: what it says of files names where they were put."""
    if isinstance(node, list):
        return [packaged(item, stack) for item in node]
    if not isinstance(node, dict):
        return node
    found = {}
    for key, value in node.items():
        if key in PACKAGED and isinstance(value, str) and not re.match(r"\w+://", value):
            at = digest(stack, value)[:32]
            found[key] = {
                "text": f"s3://{BUCKET}/{at}",
                "parts": {"Bucket": BUCKET, "Key": at},
                "url": f"https://s3.{REGION}.amazonaws.com/{BUCKET}/{at}.template",
            }[PACKAGED[key]]
        else:
            found[key] = packaged(value, stack)
    return found


def with_sam_ids(template):
    for logical_id, resource in template["Resources"].items():
        if resource["Type"] in ("AWS::Serverless::Function", "AWS::Serverless::LayerVersion"):
            resource.setdefault("Metadata", {})["SamResourceId"] = logical_id
    return template


def plain(value):
    return json.loads(json.dumps(value, default=str))


def transformed(template, parameters):
    return plain(transform(copy.deepcopy(template), dict(parameters), ManagedPolicies()))


class Stack:
    """A deployed stack: evaluates its processed template, and knows what its resources are called."""

    def __init__(self, name, source, parameters, folder):
        self.name, self.folder = name, folder
        self.id = f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{name}/{uuid(name)}"
        self.source = source
        self.original = with_sam_ids(packaged(plain(yaml_parse(source.read_text())), name))
        declared = self.original.get("Parameters", {})
        self.parameters = {key: str(parameters.get(key, each.get("Default"))) for key, each in declared.items()}
        self.processed = transformed(self.original, self.parameters)
        self.resources = {
            key: each for key, each in self.processed["Resources"].items()
            if "Condition" not in each or self.condition(each["Condition"])
        }
        self.children = {
            key: self.child(key, each) for key, each in self.resources.items() if each["Type"] == "AWS::CloudFormation::Stack"
        }

    def child(self, key, resource):
        location = yaml_parse(self.source.read_text())["Resources"][key]["Properties"]["Location"]
        given = {name: self.value(each) for name, each in resource["Properties"].get("Parameters", {}).items()}
        name = f"{self.name}-{key}-{generated(self.name, key)}"
        return Stack(name, self.source.parent / location, given, self.folder)

    def condition(self, name):
        return self.value(self.processed["Conditions"][name])

    def value(self, node):
        if isinstance(node, list):
            found = [self.value(item) for item in node]
            return [item for item in found if item is not None]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            (call, argument), = node.items()
            if call == "Ref":
                return self.ref(argument)
            if call == "Condition" and isinstance(argument, str):
                return self.condition(argument)
            if call.startswith("Fn::"):
                return self.call(call[4:], argument)
        found = {key: self.value(each) for key, each in node.items()}
        return {key: each for key, each in found.items() if each is not None}

    def ref(self, name):
        pseudo = {"AWS::Region": REGION, "AWS::AccountId": ACCOUNT, "AWS::Partition": PARTITION, "AWS::StackName": self.name,
                  "AWS::StackId": self.id, "AWS::URLSuffix": SUFFIX}
        if name == "AWS::NoValue":
            return None
        return pseudo.get(name) or self.parameters.get(name) or self.physical(name)

    def call(self, name, argument):
        if name == "GetAtt":
            key, attribute = argument if isinstance(argument, list) else argument.split(".", 1)
            return self.attribute(key, attribute)
        if name == "Sub":
            text, extra = argument if isinstance(argument, list) else (argument, {})
            given = {key: self.value(each) for key, each in extra.items()}

            def put(match):
                key = match[1]
                if key.startswith("!"):
                    return "${" + key[1:] + "}"
                if key in given:
                    return str(given[key])
                return str(self.call("GetAtt", key) if "." in key else self.ref(key))

            return re.sub(r"\$\{([^}]+)\}", put, text)
        if name == "If":
            return self.value(argument[1] if self.condition(argument[0]) else argument[2])
        values = self.value(argument)
        if name == "Join":
            return values[0].join(str(each) for each in values[1])
        if name == "Equals":
            return values[0] == values[1]
        if name == "Not":
            return not values[0]
        if name == "And":
            return all(values)
        if name == "Or":
            return any(values)
        if name == "FindInMap":
            return self.processed["Mappings"][values[0]][values[1]][values[2]]
        if name == "Select":
            return values[1][int(values[0])]
        raise ValueError(name)

    def declared(self, key, name):
        return self.value(self.resources[key].get("Properties", {}).get(name))

    def named(self, key, name):
        return self.declared(key, name) or f"{self.name}-{key}-{generated(self.name, key)}"

    def physical(self, key):
        """What Ref gives."""
        kind = self.resources[key]["Type"]
        if kind == "AWS::SQS::Queue":
            return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self.named(key, 'QueueName')}"
        if kind in ("AWS::SNS::Topic", "AWS::SNS::Subscription", "AWS::StepFunctions::StateMachine"):
            topic = self.declared(key, "TopicArn") if kind.endswith("Subscription") else None
            return f"{topic}:{uuid(self.name, key)}" if topic else self.attribute(key, "Arn")
        if kind in ("AWS::Lambda::Version", "AWS::Lambda::Alias", "AWS::Lambda::LayerVersion"):
            return self.attribute(key, "Arn")
        if kind == "AWS::Lambda::EventSourceMapping":
            return uuid(self.name, key)
        if kind in ("AWS::ApiGatewayV2::Api", "AWS::ApiGateway::RestApi"):
            return generated(self.name, key).lower()[:10]
        if kind == "AWS::ApiGateway::Deployment":
            return generated(self.name, key).lower()[:6]
        if kind.endswith("::Stage"):
            return self.declared(key, "StageName")
        if kind == "AWS::Cognito::UserPool":
            return f"{REGION}_{generated(self.name, key)[:9]}"
        if kind == "AWS::Cognito::UserPoolClient":
            return digest(self.name, key)[:26]
        if kind == "AWS::Lambda::EventInvokeConfig":
            return f"{self.declared(key, 'FunctionName')}|{self.declared(key, 'Qualifier')}"
        if kind == "AWS::CloudFormation::Stack":
            return self.children[key].id
        if kind == "AWS::S3::Bucket" and self.declared(key, "BucketName") is None:
            return self.named(key, "BucketName").lower()
        return self.named(key, NAMES.get(kind, "Name"))

    def attribute(self, key, name):
        """What Fn::GetAtt gives."""
        kind = self.resources[key]["Type"]
        if kind == "AWS::CloudFormation::Stack":
            child = self.children[key]
            return child.value(child.processed["Outputs"][name.removeprefix("Outputs.")]["Value"])
        own = self.named(key, NAMES.get(kind, "Name"))
        arns = {
            "AWS::SQS::Queue": f"sqs:{REGION}:{ACCOUNT}:{own}",
            "AWS::SNS::Topic": f"sns:{REGION}:{ACCOUNT}:{own}",
            "AWS::StepFunctions::StateMachine": f"states:{REGION}:{ACCOUNT}:stateMachine:{own}",
            "AWS::Lambda::Function": f"lambda:{REGION}:{ACCOUNT}:function:{own}",
            "AWS::Lambda::LayerVersion": f"lambda:{REGION}:{ACCOUNT}:layer:{own}:7",
            "AWS::IAM::Role": f"iam::{ACCOUNT}:role/{own}",
            "AWS::Logs::LogGroup": f"logs:{REGION}:{ACCOUNT}:log-group:{own}:*",
            "AWS::Kinesis::Stream": f"kinesis:{REGION}:{ACCOUNT}:stream/{own}",
            "AWS::DynamoDB::Table": f"dynamodb:{REGION}:{ACCOUNT}:table/{own}",
            "AWS::Events::Rule": f"events:{REGION}:{ACCOUNT}:rule/{own}",
            "AWS::Scheduler::Schedule": f"scheduler:{REGION}:{ACCOUNT}:schedule/default/{own}",
            "AWS::CloudWatch::Alarm": f"cloudwatch:{REGION}:{ACCOUNT}:alarm:{own}",
        }
        if kind in ("AWS::Lambda::Version", "AWS::Lambda::Alias"):
            if name == "Version":
                return "7"
            function = self.declared(key, "FunctionName")
            return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}:{self.declared(key, 'Name') or 7}"
        if name in ("Arn", "TopicArn"):
            return f"arn:aws:s3:::{self.physical(key)}" if kind == "AWS::S3::Bucket" else f"arn:aws:{arns[kind]}"
        if name in ("TopicName", "QueueName"):
            return own
        raise ValueError(f"{kind} {name}")

    def live(self, key):
        """The model that Cloud Control would return."""
        kind = self.resources[key]["Type"]
        known = json.loads(INDEX[kind])
        model = self.value(self.resources[key].get("Properties", {}))
        for path in known.get("writeOnly", []):
            take(model, path.split("/")[1:])
        under(model, DEFAULTS.get(kind, {}))
        if kind in READ_ONLY:
            model.update(READ_ONLY[kind](self, key, model))
        name = NAMES.get(kind)
        if name and kind != "AWS::S3::Bucket" and kind != "AWS::CodeDeploy::DeploymentGroup":
            model.setdefault(name, self.named(key, name))
        self.tag(key, kind, model)
        return model

    def tag(self, key, kind, model):
        own = {"aws:cloudformation:stack-name": self.name, "aws:cloudformation:logical-id": key,
               "aws:cloudformation:stack-id": self.id}
        if kind in TAGGED:
            model["Tags"] = [{"Value": value, "Key": name} for name, value in own.items()] + model.get("Tags", [])
        if kind in ("AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage"):
            model["Tags"] = {**own, **model.get("Tags", {})}

    def recorded(self):
        stack = {
            "name": self.name,
            "id": self.id,
            "status": "UPDATE_COMPLETE",
            "template": yaml.safe_dump(self.original, sort_keys=False, width=100),
            "processedTemplate": json.dumps(self.processed, separators=(",", ":")),
            "parameters": self.parameters,
            "outputs": {key: self.value(each["Value"]) for key, each in self.processed.get("Outputs", {}).items()},
            "resources": [
                {"logicalId": key, "type": each["Type"], "physicalId": self.physical(key), "status": "CREATE_COMPLETE",
                 "properties": self.live(key)}
                for key, each in self.resources.items()
            ],
        }
        return [stack, *(each for child in self.children.values() for each in child.recorded())]


def take(model, keys):
    """Takes away what is only written."""
    for key in keys[:-1]:
        if key == "*":
            for item in model if isinstance(model, list) else []:
                take(item, keys[keys.index("*") + 1:])
            return
        model = model.get(key) if isinstance(model, dict) else None
    if isinstance(model, dict):
        model.pop(keys[-1], None)


def under(model, defaults):
    for key, value in defaults.items():
        if isinstance(value, dict) and isinstance(model.get(key), dict):
            under(model[key], value)
        else:
            model.setdefault(key, copy.deepcopy(value))


# The property that names a resource.
NAMES = {
    "AWS::SQS::Queue": "QueueName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::StepFunctions::StateMachine": "StateMachineName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Lambda::LayerVersion": "LayerName",
    "AWS::IAM::Role": "RoleName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::Kinesis::Stream": "Name",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Events::Rule": "Name",
    "AWS::Scheduler::Schedule": "Name",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::CodeDeploy::Application": "ApplicationName",
    "AWS::CodeDeploy::DeploymentGroup": "DeploymentGroupName",
}

TAGGED = {
    "AWS::Lambda::Function", "AWS::Lambda::EventSourceMapping", "AWS::SNS::Topic", "AWS::Logs::LogGroup", "AWS::S3::Bucket",
    "AWS::CloudWatch::Alarm", "AWS::StepFunctions::StateMachine", "AWS::Events::Rule", "AWS::ApiGateway::RestApi",
    "AWS::ApiGateway::Stage",
}

# What AWS sets where a template says nothing.
DEFAULTS = {
    "AWS::Lambda::Function": {
        "MemorySize": 128, "Timeout": 3, "Description": "", "TracingConfig": {"Mode": "PassThrough"}, "PackageType": "Zip",
        "RuntimeManagementConfig": {"UpdateRuntimeOn": "Auto"}, "FileSystemConfigs": [], "RecursiveLoop": "Terminate",
        "SnapStartResponse": {"OptimizationStatus": "Off", "ApplyOn": "None"}, "EphemeralStorage": {"Size": 512},
        "Architectures": ["x86_64"], "Code": {},
        "VpcConfig": {"Ipv6AllowedForDualStack": False, "SecurityGroupIds": [], "SubnetIds": []},
    },
    "AWS::IAM::Role": {"Path": "/", "MaxSessionDuration": 3600, "Description": ""},
    "AWS::Lambda::EventSourceMapping": {"Enabled": True, "MaximumBatchingWindowInSeconds": 0},
    "AWS::Lambda::Alias": {"RoutingConfig": {}},
    "AWS::Lambda::LayerVersion": {"CompatibleArchitectures": []},
    "AWS::Lambda::EventInvokeConfig": {"DestinationConfig": {"OnSuccess": {}, "OnFailure": {}}},
    "AWS::ApiGatewayV2::Api": {
        "ProtocolType": "HTTP", "RouteSelectionExpression": "$request.method $request.path", "IpAddressType": "ipv4",
        "DisableExecuteApiEndpoint": False,
    },
    "AWS::ApiGatewayV2::Stage": {"StageVariables": {}, "RouteSettings": {}},
    "AWS::ApiGateway::RestApi": {
        "SecurityPolicy": "TLS_1_0", "ApiKeySourceType": "HEADER", "DisableExecuteApiEndpoint": False,
        "EndpointConfiguration": {"IpAddressType": "ipv4"},
    },
    "AWS::ApiGateway::Stage": {"CacheClusterEnabled": False},
    "AWS::SQS::Queue": {
        "SqsManagedSseEnabled": True, "ReceiveMessageWaitTimeSeconds": 0, "DelaySeconds": 0, "VisibilityTimeout": 30,
        "MessageRetentionPeriod": 345600, "MaximumMessageSize": 1048576,
    },
    "AWS::SNS::Topic": {"FifoTopic": False, "ArchivePolicy": {}},
    "AWS::SNS::Subscription": {"RawMessageDelivery": False},
    "AWS::DynamoDB::Table": {
        "SSESpecification": {"SSEEnabled": False}, "ContributorInsightsSpecification": {"Enabled": False},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": False}, "DeletionProtectionEnabled": False,
        "WarmThroughput": {"ReadUnitsPerSecond": 12000, "WriteUnitsPerSecond": 4000},
    },
    "AWS::Kinesis::Stream": {
        "MaxRecordSizeInKiB": 1024, "DesiredShardLevelMetrics": [], "WarmThroughputObject": {"CurrentMiBps": 4, "TargetMiBps": 0},
    },
    "AWS::StepFunctions::StateMachine": {
        "StateMachineType": "STANDARD", "EncryptionConfiguration": {"Type": "AWS_OWNED_KEY"},
        "LoggingConfiguration": {"IncludeExecutionData": False, "Level": "OFF"}, "TracingConfiguration": {"Enabled": False},
    },
    "AWS::Events::Rule": {"EventBusName": "default", "State": "ENABLED"},
    "AWS::Scheduler::Schedule": {
        "GroupName": "default", "ScheduleExpressionTimezone": "UTC", "State": "ENABLED", "ActionAfterCompletion": "NONE",
        "Target": {"RetryPolicy": {"MaximumEventAgeInSeconds": 86400, "MaximumRetryAttempts": 185}},
    },
    "AWS::Logs::LogGroup": {
        "LogGroupClass": "STANDARD", "FieldIndexPolicies": [], "DataProtectionPolicy": {},
        "BearerTokenAuthenticationEnabled": False, "DeletionProtectionEnabled": False,
    },
    "AWS::CloudWatch::Alarm": {"OKActions": [], "AlarmActions": [], "InsufficientDataActions": [], "ActionsEnabled": True},
    "AWS::S3::Bucket": {
        "AbacStatus": "Disabled", "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "PublicAccessBlockConfiguration": {
            "RestrictPublicBuckets": True, "BlockPublicPolicy": True, "BlockPublicAcls": True, "IgnorePublicAcls": True,
        },
        "BucketEncryption": {"ServerSideEncryptionConfiguration": [
            {"BucketKeyEnabled": False, "ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}},
        ]},
    },
    "AWS::CodeDeploy::DeploymentGroup": {
        "AutoScalingGroups": [], "OutdatedInstancesStrategy": "UPDATE", "TriggerConfigurations": [], "Ec2TagFilters": [],
        "TerminationHookEnabled": False, "ECSServices": [], "OnPremisesInstanceTagFilters": [],
    },
    "AWS::Cognito::UserPool": {
        "MfaConfiguration": "OFF", "DeletionProtection": "INACTIVE", "UserPoolTier": "ESSENTIALS",
        "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False},
    },
    "AWS::Cognito::UserPoolClient": {
        "AuthSessionValidity": 3, "RefreshTokenValidity": 30, "EnableTokenRevocation": True, "TokenValidityUnits": {},
        "EnablePropagateAdditionalUserContextData": False, "CallbackURLs": [], "LogoutURLs": [],
        "ExplicitAuthFlows": [], "AllowedOAuthFlows": [], "AllowedOAuthScopes": [], "ReadAttributes": [], "WriteAttributes": [],
    },
}


def arn(stack, key, _):
    return {"Arn": stack.attribute(key, "Arn")}


def function_of(stack, key, model):
    """Some services tell the ARN of a function that was named."""
    name = model["FunctionName"].split(":")[-1]
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"


def rest_settings(model):
    rest = {"CacheTtlInSeconds": 300, "CacheDataEncrypted": False, "DataTraceEnabled": False, "CachingEnabled": False,
            "MetricsEnabled": False}
    return {"MethodSettings": [{**rest, **each} for each in model["MethodSettings"]]} if "MethodSettings" in model else {}


def definition(stack, key, model):
    # It is only written as a file; what was made of it is read.
    given = stack.declared(key, "DefinitionSubstitutions") or {}
    [file] = (stack.source.parent / "statemachine").glob("*.asl.json")
    text = re.sub(r"\$\{(\w+)\}", lambda match: given[match[1]], file.read_text())
    return {"DefinitionString": json.dumps(json.loads(text)), "Name": stack.named(key, "StateMachineName"),
            "StateMachineRevisionId": uuid(key), **arn(stack, key, model)}


# What a service tells of its own.
READ_ONLY = {
    "AWS::Lambda::Function": lambda stack, key, model: {
        **arn(stack, key, model),
        "LoggingConfig": {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{stack.named(key, 'FunctionName')}",
                          **({"ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO"}
                             if model.get("LoggingConfig", {}).get("LogFormat") == "JSON" else {}),
                          **model.get("LoggingConfig", {})},
    },
    "AWS::IAM::Role": lambda stack, key, model: {
        **arn(stack, key, model), "RoleId": f"AROA{generated(key, stack.name)}AAAAA"[:21]},
    "AWS::Lambda::EventSourceMapping": lambda stack, key, model: {
        "Id": stack.physical(key), "FunctionName": function_of(stack, key, model),
        "EventSourceMappingArn": f"arn:aws:lambda:{REGION}:{ACCOUNT}:event-source-mapping:{stack.physical(key)}"},
    "AWS::Lambda::Permission": lambda stack, key, model: {
        "Id": stack.physical(key),
        "FunctionName": model["FunctionName"] if ":function:" in model["FunctionName"] else function_of(stack, key, model)},
    "AWS::Lambda::Alias": lambda stack, key, model: {
        "AliasArn": stack.attribute(key, "Arn"), "FunctionName": function_of(stack, key, model)},
    "AWS::Lambda::Version": lambda stack, key, model: {
        "FunctionArn": stack.attribute(key, "Arn"), "Version": "7", "FunctionName": function_of(stack, key, model)},
    "AWS::Lambda::LayerVersion": lambda stack, key, model: {"LayerVersionArn": stack.attribute(key, "Arn")},
    "AWS::ApiGatewayV2::Api": lambda stack, key, model: {
        "ApiId": stack.physical(key), "Name": stack.name,
        "ApiEndpoint": f"https://{stack.physical(key)}.execute-api.{REGION}.amazonaws.com"},
    "AWS::ApiGateway::RestApi": lambda stack, key, model: {
        "RestApiId": stack.physical(key), "RootResourceId": digest(key)[:10]},
    "AWS::ApiGateway::Stage": lambda stack, key, model: rest_settings(model),
    "AWS::ApiGateway::Deployment": lambda stack, key, model: {"DeploymentId": stack.physical(key)},
    "AWS::SQS::Queue": lambda stack, key, model: {**arn(stack, key, model), "QueueUrl": stack.physical(key)},
    "AWS::SNS::Topic": lambda stack, key, model: {"TopicArn": stack.attribute(key, "Arn")},
    "AWS::SNS::Subscription": lambda stack, key, model: {"Arn": stack.physical(key)},
    "AWS::DynamoDB::Table": arn,
    "AWS::Kinesis::Stream": arn,
    "AWS::StepFunctions::StateMachine": definition,
    "AWS::Events::Rule": lambda stack, key, model: {**arn(stack, key, model), "Id": stack.physical(key)},
    "AWS::Scheduler::Schedule": arn,
    "AWS::Logs::LogGroup": arn,
    "AWS::CloudWatch::Alarm": arn,
    "AWS::S3::Bucket": lambda stack, key, model: {
        **arn(stack, key, model), "BucketName": stack.physical(key), "DomainName": f"{stack.physical(key)}.s3.amazonaws.com"},
    "AWS::CodeDeploy::DeploymentGroup": lambda stack, key, model: {"DeploymentGroupName": stack.physical(key)},
    "AWS::Cognito::UserPool": lambda stack, key, model: {
        "UserPoolId": stack.physical(key), "ProviderName": f"cognito-idp.{REGION}.amazonaws.com/{stack.physical(key)}",
        **arn_of_pool(stack, key)},
    "AWS::Cognito::UserPoolClient": lambda stack, key, model: {"ClientId": stack.physical(key), "Name": model["ClientName"]},
    "AWS::CloudFormation::Stack": lambda stack, key, model: {
        "StackId": stack.physical(key), "StackName": stack.children[key].name, "StackStatus": "CREATE_COMPLETE",
        "DisableRollback": False, "EnableTerminationProtection": False, "RootId": stack.id, "ParentId": stack.id,
        "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        "Outputs": [{"OutputKey": name, "OutputValue": stack.attribute(key, f"Outputs.{name}")}
                    for name in stack.children[key].processed.get("Outputs", {})]},
}


def arn_of_pool(stack, key):
    return {"Arn": f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{stack.physical(key)}"}


def deployments(folder):
    """What gitops-drift.yaml says is deployed: name, template and parameters."""
    config = yaml.safe_load((folder / "gitops-drift.yaml").read_text())
    return [(each["name"], folder / each["template"], each.get("parameters", {})) for each in config["stacks"]]


# What somebody changed by hand: in the demo, on the day when confirmations were too slow.
BY_HAND = {
    "demo-sam": [
        ("PlaceOrder", ["MemorySize"], 1024),
        ("ConfirmOrder", ["Timeout"], 30),
        ("ConfirmOrderOnPaid", ["Enabled"], False),
        ("ConfirmOrderRole", ["Policies", 0, "PolicyDocument", "Statement", 1],
         {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}),
    ],
}


def change(resources, logical_id, keys, value):
    [holder] = [each["properties"] for each in resources if each["logicalId"] == logical_id]
    for key in keys[:-1]:
        holder = holder[key]
    if isinstance(holder, list):
        holder.insert(keys[-1], value)
    else:
        holder[keys[-1]] = value


def main(names):
    configs = [*sorted(HOME.glob("fixtures/sam/*/gitops-drift.yaml")), HOME / "fixtures/demo-sam/gitops-drift.yaml"]
    folders = [each.parent for each in configs]
    for folder in folders:
        if names and folder.name not in names:
            continue
        stacks = [each for given in deployments(folder) for each in Stack(*given, folder).recorded()]
        for given in BY_HAND.get(folder.name, []):
            change(stacks[0]["resources"], *given)
        snapshot = {"snapshotVersion": 1, "capturedAt": "2026-05-04T02:00:11Z", "account": ACCOUNT,
                    "regions": {REGION: {"stacks": stacks}}}
        (folder / "live.json").write_text(json.dumps(snapshot, indent=1) + "\n")
        print(f"{folder.name}: {', '.join(each['name'] for each in stacks)}")


main(sys.argv[1:])
