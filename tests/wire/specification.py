"""Validates requests by the engine's own specifications (tests/specs).

The documents are Swagger 2.0, whose schemas are those of JSON Schema draft 4: this module builds the
schemas, and jsonschema validates by them. An engine silently ignores what it does not know, and the
documents allow additional properties in their objects. Here an unknown parameter, header or key of a
body is a problem, as otherwise a part of a request could be ignored without notice. CORRECTIONS
fixes the errors of the documents themselves.
"""

import base64
from collections import namedtuple
import io
import json
import os
import re

import jsonschema
import six
from six.moves.urllib.parse import parse_qsl, unquote, urlsplit

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'specs')
VERSIONS = ('1.25', '1.41', '1.44', '1.51', '1.55')

# The description of attach in each document has `?stream=1&stdout=1` for booleans.
BOOLEANS = {'true': True, '1': True, 'false': False, '0': False}
TEXT = {'type': 'string'}
# The documents describe the two headers with credentials in text only, in the section Authentication
# and at POST /build: base64 of JSON, with the keys of an AuthConfig, or an identity token in place of a
# password.
AUTH, CONFIG = 'x-registry-auth', 'x-registry-config'

# No document mentions `auth`: engines since 2013 decode it to username:password, and the clients of
# 2013 sent an empty one.
UNDOCUMENTED_CREDENTIALS = {'identitytoken': TEXT, 'auth': {'enum': ['']}}


class Problem(namedtuple('Problem', 'operation place message')):
    """A problem of a request.

    `operation` is a method and a path of the document, `place` is the part of the request that is
    wrong: path, query.NAME, header.NAME or body.KEY.KEY.
    """

    def __str__(self):
        return '{0}: {1}: {2}'.format(*self)


def correct_volumes(document):
    """Correct Config.Volumes of 1.25, where additionalProperties is among the properties.

    The document's own example in POST /containers/create is {"/volumes/data": {}}.
    """
    volumes = document['definitions']['Config']['properties']['Volumes']
    volumes.update(volumes.pop('properties'))


def correct_port_bindings(document):
    """Correct HostConfig.PortBindings of 1.25, which has an object for each port.

    The document's own example in POST /containers/create has a list of objects for each port.
    """
    host = document['definitions']['HostConfig']['allOf'][1]['properties']['PortBindings']
    host['additionalProperties'] = {'type': 'array', 'items': host['additionalProperties']}


def add_link_parameter(document):
    """Add `link` to DELETE /containers/{id} of 1.25.

    Engines have had it since 2013, the document of 1.41 has it, and Docker 20.10 supports it at 1.25.
    """
    document['paths']['/containers/{id}']['delete']['parameters'].append(
        {'name': 'link', 'in': 'query', 'type': 'boolean'})


def add_empty_restart_policy(document):
    """Add the empty RestartPolicy.Name of 1.25, the default.

    The document of 1.41 has it, and Docker 20.10 sends and accepts it at 1.25.
    """
    document['definitions']['RestartPolicy']['properties']['Name']['enum'].append('')


def correct_build_args(document):
    """Correct the type of `buildargs` of 1.25, which is that of the parameter above it, an integer.

    The description has a JSON map.
    """
    for parameter in document['paths']['/build']['post']['parameters']:
        if parameter['name'] == 'buildargs':
            parameter['type'] = 'string'


def add_parameters_of_build(document):
    """Add the parameters of POST /build that engines read and no document has."""
    document['paths']['/build']['post']['parameters'].extend(
        {'name': name, 'in': 'query', 'type': 'string'} for name in ('cgroupparent', 'isolation', 'ulimits'))


def add_cancel_of_build(document):
    """Add POST /build/cancel, which engines since API 1.40 have and no document has."""
    document['paths']['/build/cancel'] = {'post': {
        'parameters': [{'name': 'id', 'in': 'query', 'type': 'string', 'required': True}]}}


def add_credentials_of_distribution(document):
    """Add the credentials to GET /distribution/{name}/json, which engines read and no document has."""
    if '/distribution/{name}/json' in document['paths']:
        document['paths']['/distribution/{name}/json']['get']['parameters'].append(
            {'name': 'X-Registry-Auth', 'in': 'header', 'type': 'string'})


def add_fields_of_services(document):
    """Add what services have in Docker 1.13, whose document of 1.25 lacks it; and Data of a secret is text.

    The document of 1.41 has these fields, and Docker 20.10 takes them at 1.25.
    """
    container = document['definitions']['TaskSpec']['properties']['ContainerSpec']['properties']
    texts = {'type': 'array', 'items': TEXT}
    container.update(
        Hostname=TEXT, Hosts=texts, Groups=texts, OpenStdin={'type': 'boolean'},
        HealthCheck={'type': 'object'},
        Secrets={'type': 'array', 'items': {'type': 'object', 'properties': {
            'SecretID': TEXT, 'SecretName': TEXT, 'File': {'type': 'object'}}}})
    port = document['definitions']['EndpointPortConfig']['properties']
    port['PublishMode'] = {'type': 'string', 'enum': ['ingress', 'host']}
    document['definitions']['SecretSpec']['properties']['Data'] = TEXT


def add_availability(document):
    """Add Availability to the bodies of init and join: engines have it, and no document does."""
    for call in ('init', 'join'):
        for item in document['paths']['/swarm/' + call]['post']['parameters']:
            item['schema']['properties']['Availability'] = {
                'type': 'string', 'enum': ['active', 'pause', 'drain']}


def add_attachable(document):
    """Add `Attachable` to POST /networks/create of 1.25.

    The command of Docker 1.13 has it. The document of 1.41 has it, and Docker 20.10 supports it at 1.25.
    """
    create = document['paths']['/networks/create']['post']['parameters'][0]['schema']
    create['properties']['Attachable'] = {'type': 'boolean'}


def correct_connect(document):
    """Correct what POST /networks/{id}/connect of 1.25 consumes: its own example is JSON."""
    document['paths']['/networks/{id}/connect']['post']['consumes'] = ['application/json']


def add_parameters_of_an_import(document):
    """Add `changes` and `message` to POST /images/create of 1.25.

    The document of 1.41 has them, engines since Docker 1.6 have the first, and Docker 20.10 supports both at
    1.25.
    """
    document['paths']['/images/create']['post']['parameters'].extend([
        {'name': 'changes', 'in': 'query', 'type': 'array', 'items': TEXT},
        dict(TEXT, name='message', **{'in': 'query'})])


def add_details_parameter(document):
    """Add `details` to GET /containers/{id}/logs.

    Engines have had it since 1.23, and GET /services/{id}/logs of the document of 1.41 has it.
    """
    document['paths']['/containers/{id}/logs']['get']['parameters'].append(
        {'name': 'details', 'in': 'query', 'type': 'boolean'})


CORRECTIONS = {'1.25': (correct_volumes, correct_port_bindings, add_link_parameter,
                        add_empty_restart_policy, correct_connect)}


def add_login_of_plugins(document):
    """Add X-Registry-Auth to the other two operations on plugins that speak to a registry.

    Engines read it in all four, and the documents have it for pull and upgrade alone.
    """
    for path, method in (('/plugins/privileges', 'get'), ('/plugins/{name}/push', 'post')):
        document['paths'][path][method]['parameters'].append(
            {'name': 'X-Registry-Auth', 'in': 'header', 'type': 'string'})


CORRECTIONS = {'1.25': (
    correct_volumes,
    correct_port_bindings,
    add_link_parameter,
    add_empty_restart_policy,
    correct_build_args,
    add_fields_of_services,
    add_attachable,
    correct_connect,
    add_parameters_of_an_import,
)}
OF_ALL_VERSIONS = (
    add_parameters_of_build,
    add_credentials_of_distribution,
    add_availability,
    add_details_parameter,
    add_login_of_plugins,
)


class Specification(object):
    """The specification of one version of the API."""

    def __init__(self, version):
        with io.open(os.path.join(FOLDER, 'v{0}.json'.format(version)), encoding='utf-8') as opened:
            self.document = json.load(opened)
        assert self.document['info']['version'] == version
        self.base = self.document['basePath']
        for correct in CORRECTIONS.get(version, ()) + OF_ALL_VERSIONS:
            correct(self.document)
        if version != '1.25':
            add_cancel_of_build(self.document)
        self._closed = {}
        self.operations = {}
        for path, item in self.document['paths'].items():
            for method in set(item) & {'get', 'head', 'post', 'put', 'delete'}:
                operation = dict(item[method])
                operation['parameters'] = item.get('parameters', []) + operation.get('parameters', [])
                self.operations[method.upper(), path] = Operation(self, method.upper(), path, operation)

    def problems(self, request):
        """Validate a tests.server.Request and return a list of Problems."""
        path = urlsplit(request.target).path
        if path == '/version':
            # The client requests this before it knows a version. For a path without one, an engine uses
            # its newest version, according to the documents since 1.41.
            path = self.base + path
        line = request.method + ' ' + path
        if not path.startswith(self.base + '/'):
            return [Problem(line, 'path', 'does not begin with ' + self.base)]
        path = path[len(self.base):]
        found = [(operation, match) for operation, match in
                 ((operation, operation.matches(request.method, path))
                  for operation in self.operations.values()) if match]
        if not found:
            return [Problem(line, 'path', 'is unknown')]
        # A literal segment takes precedence over a parameter: /images/json over /images/{name}.
        operation, match = min(found, key=lambda pair: (len(pair[1].groups()), -len(pair[0].path)))
        return operation.problems(request, match)

    def host_config(self, value):
        """The part of a HostConfig that this version has: the keys that are in the document."""
        return self._known(value, {'$ref': '#/definitions/HostConfig'})

    def config(self, value):
        """The part of a Config that this version has."""
        parameters = self.document['paths']['/commit']['post']['parameters']
        return self._known(value, next(item['schema'] for item in parameters if item['in'] == 'body'))

    def _known(self, value, schema):
        properties = self.closed(schema)['properties']
        return {key: item for key, item in value.items() if key in properties}

    def closed(self, schema):
        """Convert a schema of the document to one of JSON Schema.

        References are resolved, an allOf of objects is merged to one object, null is allowed by
        x-nullable, and objects with properties allow no others.
        """
        reference = schema.get('$ref')
        if reference:
            if reference not in self._closed:
                place = self.document
                for key in reference.lstrip('#/').split('/'):
                    place = place[key]
                self._closed[reference] = self.closed(place)
            return self._closed[reference]
        result = {key: value for key, value in schema.items() if key not in (
            'description', 'title', 'example', 'default', 'discriminator', 'format')
            and not key.startswith('x-')}
        if 'allOf' in result:
            parts = result.pop('allOf') + ([result] if 'properties' in result else [])
            result = merged([self.closed(part) for part in parts])
        elif 'properties' in result:
            result['properties'] = {name: self.closed(part) for name, part in result['properties'].items()}
            result.setdefault('additionalProperties', False)
        if isinstance(result.get('additionalProperties'), dict):
            result['additionalProperties'] = self.closed(result['additionalProperties'])
        if 'items' in result:
            result['items'] = self.closed(result['items'])
        if schema.get('x-nullable') and 'type' in result:
            result['type'] = [result['type'], 'null']
            if 'enum' in result:
                result['enum'] = result['enum'] + [None]
        return result


def merged(parts):
    """Merge the parts of an allOf to one schema, as closed objects would each refuse the others' keys."""
    if not all('properties' in part for part in parts):
        return {'allOf': parts}
    result = {'type': 'object', 'properties': {}, 'additionalProperties': False}
    for part in parts:
        assert set(part) <= set(result) | {'required'} and not part['additionalProperties']
        for name, schema in part['properties'].items():
            known = result['properties'].get(name)
            result['properties'][name] = schema if known is None else {'allOf': [known, schema]}
        if part.get('required'):
            result['required'] = sorted(set(result.get('required', []) + part['required']))
    return result


# The operation that also removes a link, which is named /container/alias.
LINK = ('DELETE', '/containers/{id}')


class Operation(object):
    """A method of a path, with its parameters."""

    def __init__(self, specification, method, path, description):
        self.specification = specification
        self.method = method
        self.path = path
        self.description = description
        self._validators = {}
        self._pattern = re.compile('/'.join(self._segment(part) for part in path.split('/')) + r'\Z')

    def _segment(self, template):
        name = re.match(r'\{(\w+)\}\Z', template)
        if name is None:
            return re.escape(template)
        # The name of an image or a plugin may have slashes: each document has the example
        # registry.example.com/myimage at POST /images/{name}/push. Engines accept them unquoted, also in the
        # name of a link.
        slashes = (self.path.startswith(('/images/', '/distribution/', '/plugins/')) or
                   (self.method, self.path) == LINK)
        return '(?P<{0}>{1})'.format(name.group(1), '.+' if slashes else '[^/]+')

    def matches(self, method, path):
        return self._pattern.match(path) if method == self.method else None

    def problems(self, request, match):
        pairs = [(text_of(name), text_of(value)) for name, value in parse_qsl(
            urlsplit(request.target).query, keep_blank_values=True)]
        query = dict(pairs)
        # A list is a parameter that is repeated, as engines read it, whatever the document says.
        lists = {name for name, parameter in self._parameters('query').items()
                 if name in query and parameter['type'] == 'array'}
        query.update((name, [value for other, value in pairs if other == name]) for name in lists)
        named = {name: text_of(unquote(value)) for name, value in match.groupdict().items()}
        found = list(self._invalid('path', named))
        if (self.method, self.path) == LINK and '/' in named['id'] and query.get('link') != '1':
            found.append(self._problem('path.id', 'has a slash, without link=1 in the query'))
        found.extend(self._problem('query.' + name, 'is present more than once')
                     for name in set(query) - lists if len([pair for pair in pairs if pair[0] == name]) > 1)
        found.extend(self._invalid('query', query))
        if 'filters' in query:
            found.extend(self._filters(query['filters']))
        # All other headers are HTTP's own.
        headers = {name: text_of(value) for name, value in request.headers.items()
                   if name.startswith('x-') or name == 'content-type' and name in self._parameters('header')}
        found.extend(self._invalid('header', headers))
        for name, schema in ((AUTH, self._credentials()),
                             (CONFIG, {'type': 'object', 'additionalProperties': self._credentials()})):
            if name in headers and name in self._parameters('header'):
                found.extend(self._in_base64('header.' + name, headers[name], schema))
        return found + self._body(request)

    def _problem(self, place, message):
        return Problem('{0} {1}'.format(self.method, self.path), place, message)

    def _parameters(self, where):
        """The parameters of the operation in the path, query, header or body, by their names."""
        return {parameter['name'].lower() if where == 'header' else parameter['name']: parameter
                for parameter in self.description['parameters'] if parameter['in'] == where}

    def _invalid(self, where, values):
        parameters = self._parameters(where)
        schema = {'type': 'object', 'additionalProperties': False,
                  'required': sorted(name for name in parameters if parameters[name].get('required')),
                  'properties': {name: {key: value for key, value in parameter.items() if key in (
                      'type', 'enum', 'pattern', 'minimum', 'maximum', 'items')}
                      for name, parameter in parameters.items()}}
        if not schema['required']:
            del schema['required']
        return self._validated(where, {name: typed(value, parameters.get(name, TEXT))
                                       for name, value in values.items()}, schema)

    def _validated(self, where, value, schema):
        validator = self._validators.get(where)
        if validator is None:
            jsonschema.Draft4Validator.check_schema(schema)
            validator = self._validators[where] = jsonschema.Draft4Validator(schema)
        for error in validator.iter_errors(value):
            place = [where] + [six.text_type(step) for step in error.path]
            if error.validator == 'additionalProperties' and error.validator_value is False:
                for name in sorted(set(error.instance) - set(error.schema['properties'])):
                    yield self._problem('.'.join(place + [name]), 'is unknown')
            else:
                yield self._problem('.'.join(place), error.message)

    def _filters(self, text):
        """Validate the parameter `filters`.

        Its type in the document is a string. The description has its format, JSON, and a list of the keys.
        """
        description = self._parameters('query')['filters']['description']
        known = re.findall(r'^- `([a-z-]+)', description, re.MULTILINE)
        assert known or self.specification.base == '/v1.25'
        if not known:
            # The document has no filters of some prune operations.
            return self._json('query.filters', text, {'type': 'object'})
        return self._json('query.filters', text, {
            'type': 'object', 'additionalProperties': False,
            'properties': {name: {'type': 'array', 'items': TEXT} for name in known}})

    def _credentials(self):
        schema = self.specification.closed({'$ref': '#/definitions/AuthConfig'})
        return dict(schema, properties=dict(schema['properties'], **UNDOCUMENTED_CREDENTIALS))

    def _in_base64(self, where, text, schema):
        if re.match(r'[A-Za-z0-9_-]+=*\Z', text) is None or len(text) % 4:
            return [self._problem(where, 'is not base64 with the alphabet for URLs')]
        return self._json(where, base64.urlsafe_b64decode(text.encode('ascii')), schema)

    def _json(self, where, text, schema):
        try:
            value = json.loads(text_of(text))
        except ValueError:
            return [self._problem(where, 'is not JSON')]
        return list(self._validated(where, value, schema))

    def _body(self, request):
        content_type = request.headers.get('content-type')
        parameters = list(self._parameters('body').values())
        if not parameters:
            found = [('body', 'is unexpected')] if request.body else []
            found += [('header.content-type', 'is unexpected without a body')] if content_type else []
            return [self._problem(*problem) for problem in found]
        parameter, = parameters
        if not request.body:
            return [self._problem('body', 'is missing')] if parameter.get('required') else []
        found = []
        if 'content-type' not in self._parameters('header'):
            kinds = self.description.get('consumes', self.specification.document['consumes'])
            if (content_type or '').partition(';')[0].strip().lower() not in kinds:
                found.append(self._problem('header.content-type', '{0} is not one of {1}'.format(
                    content_type, ', '.join(kinds))))
        elif content_type is None:
            found.append(self._problem('header.content-type', 'is missing'))
        schema = self.specification.closed(parameter['schema'])
        if schema != TEXT:
            found.extend(self._json('body', request.body, schema))
        return found


def typed(value, parameter):
    """Convert the text of a parameter to its type, or return the text when it is not of that type."""
    kind = parameter['type']
    if kind == 'integer' and re.match(r'-?\d+\Z', value):
        return int(value)
    if kind == 'boolean':
        return BOOLEANS.get(value, value)
    if kind == 'array':
        return [typed(item, parameter['items']) for item in value]
    return value


def text_of(value):
    return value.decode('utf-8') if isinstance(value, bytes) else value
