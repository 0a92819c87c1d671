"""Makes test/who/pairs.json: properties of resource types with the operation and member that set them, by AWS's API models,
and what names the resource in its calls. The attribution that is tested with them knows nothing of those models.

Usage: pip install botocore==1.43.11 && python3 scripts/who-pairs.py; reads ../shared. CI does not run it.
"""
import gzip
import json
import os
import re
import zipfile

import botocore.session

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
SHARED = os.path.join(ROOT, "..", "shared")
PER_TYPE = 1
PER_SERVICE = 1
SCALARS = {"string": "string", "integer": "integer", "boolean": "boolean", "number": "integer"}

session = botocore.session.get_session()
by_prefix = {}
for service in session.get_available_services():
    model = session.get_service_model(service)
    by_prefix.setdefault(model.endpoint_prefix, []).append(model)
    by_prefix.setdefault(service, []).append(model)


def plain(name):
    return re.sub(r"[^a-z0-9]", "", name.lower())


def operation_of(event):
    source, name = event.split(":")
    for model in by_prefix.get(source.split(".")[0], []):
        if name in model.operation_names:
            return model.operation_model(name)
    return None


def lower_first(name):
    return name[:1].lower() + name[1:]


def member_at(shape, wanted, depth=1):
    for name, member in (shape.members if shape.type_name == "structure" else {}).items():
        if plain(name) == plain(wanted):
            return [lower_first(name)]
        if depth > 0 and member.type_name == "structure":
            below = member_at(member, wanted, depth - 1)
            if below:
                return [lower_first(name), *below]
    return None


def named_by(shape, noun, identifying):
    """The required members that name the resource, each with the property that it holds."""
    found = []
    for name in shape.required_members:
        if shape.members[name].type_name != "string":
            return None
        match = next((each for each in identifying if plain(each) == plain(name)), None)
        if match is None and len(identifying) == 1 and plain(name) in {plain(noun + kind) for kind in ("Id", "Name", "Arn", "Identifier", "")} | {"id", "name", "arn", "resourcearn", "identifier"}:
            match = identifying[0]
        if match is None or any(match == each for _, each in found):
            return None
        found.append([lower_first(name), match])
    return found or None


events = json.load(gzip.open(os.path.join(SHARED, "aws/events-by-type.json.gz")))
schemas = {}
with zipfile.ZipFile(os.path.join(SHARED, "schemas/cloudformation-schemas.zip")) as archive:
    for name in archive.namelist():
        if name.endswith(".json"):
            schema = json.loads(archive.read(name))
            schemas[schema.get("typeName")] = schema

pairs, counts = [], {}
for type_name in sorted(events):
    schema, kinds = schemas.get(type_name), events[type_name]
    if not schema or not kinds.get("update"):
        continue
    _, segment, noun = type_name.split("::")
    identifying = [path.split("/")[-1] for path in schema.get("primaryIdentifier", [])]
    fixed = {path.split("/")[2] for key in ("readOnlyProperties", "createOnlyProperties", "writeOnlyProperties") for path in schema.get(key, [])}
    of_type = 0
    for name, shape in sorted(schema.get("properties", {}).items()):
        kind = SCALARS.get(shape.get("type")) if isinstance(shape.get("type"), str) else None
        if kind is None or name in fixed or name in identifying or "enum" in shape:
            continue
        setters = []
        for event in kinds["update"]:
            operation = operation_of(event)
            if operation is None or operation.input_shape is None or re.match(r"Create|Tag|Untag", operation.name):
                continue
            at, names = member_at(operation.input_shape, name), named_by(operation.input_shape, noun, identifying)
            if at and names and at[0] not in [key for key, _ in names]:
                setters.append((event, at, names))
        if len(setters) != 1 or of_type >= PER_TYPE or counts.get(segment, 0) >= PER_SERVICE:
            continue
        event, at, names = setters[0]
        source, operation = event.split(":")
        pairs.append({"type": type_name, "property": name, "kind": kind, "source": source, "operation": operation, "at": at, "named": names, "identifying": identifying})
        of_type += 1
        counts[segment] = counts.get(segment, 0) + 1

with open(os.path.join(ROOT, "test/who/pairs.json"), "w") as file:
    lines = ",\n".join("  " + json.dumps(pair) for pair in pairs)
    file.write(f"[\n{lines}\n]\n")
print(len(pairs), "pairs of", len({pair["source"] for pair in pairs}), "services")
