"""docker.responses: its types have what engines respond, by recordings and by the specifications."""

import collections
import inspect
import itertools
import os
import re
import subprocess
import sys

import pytest

import docker
from docker import endpoints, responses
from docker.transport import changes
from docker.transport.negotiate import parse_version
from tests.contract import CALL_OF, recorded_value
from tests.responses import (
    ITEMS, ITEMS_OF_TEXT, RETURNS, fields_of, is_named, mismatches, parts_of, resolve, type_of, typing,
    unlike)
from tests.transport.conftest import recorded  # noqa: F401
from tests.transport.test_contract import ENGINES, ask
from tests.wire.specification import VERSIONS, Specification

typed = pytest.mark.skipif(sys.version_info < (3, 8), reason='TypedDict came with Python 3.8')

# What a document has in its own way: a pattern of the paths or of the keys; and the reason.
DOCUMENTS = [
    (r'^info\.(DiscoveryBackend|OomScoreAdj)$', 'in the document of 1.25 alone, and of no engine'),
    (r'^(inspect_)?networks?(\[\])?\.IPAM\.', 'the document of 1.25 has no keys, and another type'),
    (r'^prune_networks\.VolumesDeleted$', 'copied in the document of 1.25 from that of volumes'),
    (r'^(inspect_secret|secrets\[\])\.Spec\.', 'the document of 1.25 has the settings of a service'),
    (r'^(create|update)_service\.(Warning|Untagged|Deleted)$', 'engines have Warnings'),
    (r'^inspect_container\.(NetworkSettings\.\w+|ExecIDs)$', 'the document of 1.25 has other types'),
    (r'\.progressDetail\.(code|message)$', 'the document of 1.25 has the keys of errorDetail'),
    (r'^inspect_container\.Node$', 'of Docker Swarm, before Swarm mode'),
    (r'^df\.Containers\[\]$', 'the document of 1.25 has a list too much'),
    (r'\.Interface\.Types\[\]$', 'engines have each as text, such as docker.volumedriver/1.0'),
    (r'\.ContainerSpec\.HealthCheck$', 'engines have Healthcheck'),
    (r'\.BindOptions\.Propagation$', 'the document of 1.25 has no type'),
    (r'\.NetworksAttachments\[\]\.Network', 'engines have it as the managers of a swarm do'),
    (r'^create_(config|secret)\.Id$', 'engines have ID'),
    (r'\.AccessMode\.(Secrets|AccessibilityRequirements|CapacityRange|Availability)$',
     'engines have these beside AccessMode'),
]
# What documents call an item of a stream, which no response there refers to.
PROGRESS = ('BuildInfo', 'CreateImageInfo', 'PushImageInfo')
# Keys that no document has, and no recording; and where they are from.
UNDOCUMENTED = {
    'BuildStep BuildStatus BuildLog BuildWarning': (
        'digest name inputs started completed cached error progressGroup id vertex current total timestamp '
        'stream data level short detail url info ranges', 'what this package decodes of a build'),
    'Progress': ('vertexes statuses logs warnings', 'likewise'),
    'CapacityRange ClusterVolumeSpec TopologyRequirement VolumeAccessMode VolumeSecret': (
        'RequiredBytes LimitBytes AccessibilityRequirements Availability CapacityRange Secrets Requisite '
        'Preferred BlockVolume Key Secret', 'see AccessMode in DOCUMENTS'),
    'ContainerSpec': ('Healthcheck', 'see HealthCheck in DOCUMENTS'),
    'CreatedConfig': ('ID', 'see Id in DOCUMENTS'),
    'SwarmNetwork SwarmNetworkSpec SwarmIPAM SwarmIPAMConfig': (
        'ID Version CreatedAt UpdatedAt Spec DriverState IPAMOptions Name Labels DriverConfiguration '
        'IPv6Enabled Internal Attachable Ingress ConfigFrom Scope Driver Configs Subnet Range Gateway',
        'see NetworksAttachments in DOCUMENTS'),
    'PathStat': ('name size mode mtime linkTarget', 'in a header'),
    'PingHeaders': ('Api-Version Builder-Version Docker-Experimental OSType Server Swarm', 'headers'),
    'LoginStatus': ('username password email serveraddress identitytoken registrytoken',
                    'what this package returns for a user who is known'),
    'DiskUsage': ('BuilderSize', 'of Docker 17.07 to 18.06'),
    'ExecDetails': ('Container', 'until API 1.21'),
    'HostConfig': ('Cpuset', 'until API 1.21'),
    'MountPoint': ('Options SubPath', 'of Podman'),
    'NetworkService NetworkTask': ('VIP Ports LocalLBIndex Tasks Name EndpointID EndpointIP Info',
                                   'see Services of Network'),
    'ProgressDetail': ('start hidecounts units', 'the documents leave them out'),
    'SearchResult': ('Name Description is_trusted', 'of engines before there were documents'),
    'Service': ('PreviousSpec', 'after an update'),
    'Stats': ('network', 'until API 1.20'),
    'SwarmInfo': ('Warnings', 'the documents leave it out'),
    'Task': ('Volumes', 'of engines since Docker 23; the documents leave it out'),
    'TaskVolume': ('ID Source Target', 'likewise'),
}


def names():
    """The types that have keys, by name."""
    found = {name: getattr(responses, name) for name in responses.__all__}
    return {name: kind for name, kind in found.items() if is_named(kind)}


# Importing

def test_import_docker_does_not_import_it():
    code = 'import sys, docker; sys.exit("docker.responses" in sys.modules)'
    assert subprocess.call([sys.executable, '-c', code]) == 0


def test_each_name_is_public_and_can_be_imported():
    assert len(responses.__all__) == len(set(responses.__all__)) > 200
    for name in responses.__all__:
        assert getattr(responses, name) is not None
    modules = [value for value in vars(responses).values() if inspect.ismodule(value)]
    found = {name for module in modules for name in vars(module) if name[:1].isupper()}
    assert set(responses.__all__) <= found


@pytest.mark.skipif(sys.version_info >= (3, 8), reason='TypedDict came with Python 3.8')
def test_without_typed_dict_each_name_is_dict():
    assert {getattr(responses, name) for name in responses.__all__} == {dict}


@typed
def test_each_type_has_its_name_and_keys():
    for name, kind in names().items():
        assert kind.__name__ == name and fields_of(kind), name


@typed
def test_each_type_is_explained():
    """By text after it, which editors and Sphinx show."""
    for module in {kind.__module__ for kind in names().values()}:
        with open(os.path.splitext(sys.modules[module].__file__)[0] + '.py') as opened:
            source = opened.read()
        for name in re.findall(r'^(\w+) = ', source, re.M):
            assert re.search(r'^{0} = .*?[)\]]\n"""[^"]+\."""\n'.format(name), source, re.M | re.S), name
        assert len(re.findall(r'^"""', source, re.M)) - 1 == len(re.findall(r'^\w+ = ', source, re.M))


@typed
def test_each_type_is_used():
    used = set()
    for text in list(RETURNS.values()) + list(ITEMS.values()):
        used |= reachable(resolve(text))
    assert set(names().values()) - used == set()


def reachable(kind):
    found = {part for part in [kind] + list(parts_of(kind)) if is_named(part)}
    for part in list(found):
        for field in fields_of(part).values():
            found |= reachable(field)
    return found


# The table of calls

def test_the_table_has_each_call_that_returns_dicts():
    calls = {name for listed in endpoints.calls_by_endpoint().values() for name in listed} | {'port'}
    calls |= {name for name in dir(docker.Client) if name[0] != '_' and
              'docker.api' in getattr(getattr(docker.Client, name), '__module__', '')}
    found = set()
    for name in calls:
        text = inspect.getdoc(getattr(docker.Client, name)) or ''
        returned = re.search(r':returns:(.*?)(?=\n:|\n\n|\Z)', text, re.S)
        if returned and re.search(r'\bdicts?\b', returned.group(1)):
            found.add(name)
    aliases = {'create_container_config', 'create_host_config', 'create_swarm_spec'}
    same_as = {'create_container_from_config', 'push', 'push_plugin', 'upgrade_plugin'}
    assert found - aliases - same_as == (set(RETURNS) | set(ITEMS)) - same_as


@typed
def test_the_table_names_types():
    for text in list(RETURNS.values()) + list(ITEMS.values()) + list(ITEMS_OF_TEXT.values()):
        kind = resolve(text)
        assert any(is_named(part) for part in [kind] + list(parts_of(kind))), text


# What was recorded

def formats():
    """Each recorded engine, with each version that has a change before what was spoken."""
    modules = os.listdir(os.path.dirname(changes.__file__))
    since = {int(found.group(1)) for found in (re.match(r'v1_(\d+)\.py$', name) for name in modules) if found}
    versions = {(1, minor) for minor in since} | {(1, minor - 1) for minor in since}
    for name in ENGINES:
        spoken = parse_version(name.rpartition('_v')[2])
        for version in sorted(versions | {spoken}):
            if version <= spoken:
                yield pytest.param(name, '{0}.{1}'.format(*version))


@typed
@pytest.mark.parametrize('name, version', list(formats()))
def test_recorded_responses_in_each_format(recorded, name, version):  # noqa: F811
    """A key may be there before the version that its comment has, as nothing that an engine sends is lost."""
    engine, wrong, used = recorded(name, version), {}, collections.defaultdict(set)
    for exchange, call in CALL_OF.items():
        if recorded_value(name, exchange) is None:
            continue
        value = ask(engine, exchange)
        for item in value if call not in RETURNS else [value]:
            wrong.update(unlike(call, item, name))
            collect(item, resolve(type_of(call)), used)
    assert wrong == {}
    until = {place for place, versions in commented().items() if 'until' in versions}
    assert len(until) > 50
    assert misplaced(used, parse_version(version)[1]) & until == set()


@typed
def test_a_key_without_a_type_and_a_value_of_another_type_are_found():
    value = {'Id': None, 'Names': ['/a', 1], 'Created': True, 'Other': 1,
             'Ports': [{'PrivatePort': '80'}], 'Labels': {'a': None}, 'HostConfig': {'Annotations': None}}
    assert sorted(path for path, _ in mismatches(value, responses.ContainerSummary, 'c')) == [
        'c.Created', 'c.Id', 'c.Labels{}', 'c.Names[]', 'c.Other', 'c.Ports[].PrivatePort']
    assert list(mismatches([{'Path': 'a', 'Kind': 1}], resolve('List[Change]'), 'd')) == []
    assert dict(mismatches({}, resolve('List[Change]'), 'd')) == {'d': '{} is not a list'}


# What the specifications have

class Walk(object):
    """Compares schemas with types. `unknown` are the paths at which they differ, `used` the keys that schemas
    have, by the name of the type."""

    def __init__(self):
        self.unknown = {}
        self.used = collections.defaultdict(set)

    def compare(self, schema, kind, path):
        if typing.get_origin(kind) is typing.Union:
            kind = typing.get_args(kind)[0]
        types = schema.get('type', 'object')
        found = types[0] if isinstance(types, list) else types
        for part in schema.get('allOf', ()):
            self.compare(part, kind, path)
        if kind is typing.Any or 'allOf' in schema:
            return
        expected = {dict: 'object', list: 'array', str: 'string', int: 'integer', bool: 'boolean',
                    float: 'number'}
        if found != ('object' if is_named(kind) else expected[typing.get_origin(kind) or kind]):
            self.unknown[path] = found
        elif is_named(kind):
            self.compare_keys(schema.get('properties', {}), kind, path)
        elif found == 'array':
            self.compare(schema['items'], typing.get_args(kind)[0], path + '[]')
        elif found == 'object' and isinstance(schema.get('additionalProperties'), dict):
            self.compare(schema['additionalProperties'], typing.get_args(kind)[1], path + '{}')

    def compare_keys(self, properties, kind, path):
        fields = fields_of(kind)
        for key, schema in properties.items():
            self.used[kind.__name__].add(key)
            if key in fields:
                self.compare(schema, fields[key], path + '.' + key)
            else:
                self.unknown[path + '.' + key] = schema.get('type')


def walked(version, walk):
    """Compare each response of a specification that a call returns, and return the calls."""
    specification, calls = Specification(version), endpoints.calls_by_endpoint()
    compared = set()
    for (method, path), operation in sorted(specification.operations.items()):
        results = operation.description.get('responses', {}).items()
        of_json = [result['schema'] for status, result in results if status[0] == '2' and 'schema' in result]
        for call in calls.get((method, re.sub(r'\{[^}]*\}', '{}', path)), ()):
            if of_json and call not in ('port', 'ping') and call in set(RETURNS) | set(ITEMS):
                walk.compare(specification.closed(of_json[0]), resolve(type_of(call)), call)
                compared.add(call)
    for name in PROGRESS:
        definition = specification.document['definitions'][name]
        walk.compare(specification.closed(definition), responses.Progress, name)
    return compared


@typed
@pytest.mark.parametrize('version', VERSIONS)
def test_the_types_have_all_that_a_specification_has(version):
    walk = Walk()
    assert len(walked(version, walk)) > 40
    assert {path: found for path, found in walk.unknown.items()
            if not any(re.search(pattern, path) for pattern, _ in DOCUMENTS)} == {}


@typed
def test_each_key_is_in_a_specification_or_in_a_recording():
    walk = Walk()
    for version in VERSIONS:
        walked(version, walk)
    for name, exchange in itertools.product(ENGINES, CALL_OF):
        value, call = recorded_value(name, exchange), CALL_OF[exchange]
        if value is not None:
            text = type_of(call) if call in RETURNS else 'List[{0}]'.format(type_of(call))
            collect(value, resolve(text), walk.used)
    known = collections.defaultdict(set)
    for kinds, (keys, _) in UNDOCUMENTED.items():
        for kind in kinds.split():
            known[kind].update(set(keys.split()) & set(fields_of(names()[kind])))
    missing = {name: set(fields_of(kind)) - walk.used[name] for name, kind in names().items()}
    assert {name: keys for name, keys in missing.items() if keys} == known


def commented():
    """Return the versions that comments have, as {(type, key): {'since': minor, 'until': minor}}."""
    found = {}
    for module in sorted({kind.__module__ for kind in names().values()}):
        kind, below = None, {}
        for line in inspect.getsource(sys.modules[module]).splitlines():
            code, _, comment = line.partition('  # ')
            if re.match(r'\w+ = TypedDict', code):
                kind, below = code.partition(' ')[0], {}
            versions = {word: int(minor) for word, minor in
                        re.findall(r'(?:^|; |, )(since|until) API 1\.(\d+)', comment)}
            below = versions if 'likewise all below' in comment else below
            found.update({(kind, key): versions or below for key in re.findall(r"'([\w.-]+)': ", code)})
    return {place: versions for place, versions in found.items() if versions}


def misplaced(used, minor):
    """Return the keys in `used` that by their comments are not in a version."""
    return {(kind, key) for (kind, key), versions in commented().items() if key in used[kind] and not
            versions.get('since', 0) <= minor <= versions.get('until', minor)}


@typed
@pytest.mark.parametrize('version', VERSIONS)
def test_comments_have_the_versions_of_the_specifications(version):
    walk = Walk()
    walked(version, walk)
    wrong = misplaced(walk.used, parse_version(version)[1])
    assert wrong == ({('NetworkSettings', 'PortMapping')} if version == '1.25' else set())


def collect(value, kind, used):
    """Add the keys of a value to `used`, by the name of its type."""
    if typing.get_origin(kind) is typing.Union:
        kind = typing.get_args(kind)[0]
    if is_named(kind) and isinstance(value, dict):
        fields = fields_of(kind)
        used[kind.__name__].update(set(value))
        for key in set(value) & set(fields):
            collect(value[key], fields[key], used)
    elif typing.get_origin(kind) in (list, dict) and value:
        for item in value if isinstance(value, list) else value.values():
            collect(item, typing.get_args(kind)[-1], used)
