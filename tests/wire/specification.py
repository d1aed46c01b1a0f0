"""The engine's own specifications (tests/specs), and what is wrong with a request by one of them.

The documents are Swagger 2.0, whose schemas are those of JSON Schema draft 4: jsonschema validates,
and what is here only makes the schemas. An engine ignores what it does not know, in silence, and the
documents leave their objects open; here an unknown parameter, header or key of a body is a problem,
or whatever the client says could get lost unseen. Where a document is itself wrong, CORRECTIONS
puts it right.
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

# Each document writes `?stream=1&stdout=1` for booleans in its description of attach.
BOOLEANS = {'true': True, '1': True, 'false': False, '0': False}
TEXT = {'type': 'string'}
# The two headers with credentials are described in words, in the section Authentication and at
# POST /build: base64 of JSON, which has the keys of an AuthConfig, or an identity token in place of
# a password.
AUTH, CONFIG = 'x-registry-auth', 'x-registry-config'

# Of `auth` no document tells: engines decode it since 2013, to username:password, and the clients of
# 2013 sent it empty.
OF_CREDENTIALS = {'identitytoken': TEXT, 'auth': {'enum': ['']}}


class Problem(namedtuple('Problem', 'operation place message')):
    """`operation` is a method and a path of the document, `place` what in the request is wrong
    (path, query.NAME, header.NAME, body.KEY.KEY)."""

    def __str__(self):
        return '{0}: {1}: {2}'.format(*self)


def volumes_are_paths(document):
    """1.25: additionalProperties has slipped into the properties of Config.Volumes, whose own
    example in POST /containers/create is {"/volumes/data": {}}."""
    volumes = document['definitions']['Config']['properties']['Volumes']
    volumes.update(volumes.pop('properties'))


def port_bindings_are_lists(document):
    """1.25: HostConfig.PortBindings is said to hold an object for each port; its own example in
    POST /containers/create holds a list of them."""
    host = document['definitions']['HostConfig']['allOf'][1]['properties']['PortBindings']
    host['additionalProperties'] = {'type': 'array', 'items': host['additionalProperties']}


def links_can_be_removed(document):
    """1.25: DELETE /containers/{id} leaves out `link`, which engines have had since 2013 and 1.41 has
    as well; Docker 20.10 does at 1.25 what it says."""
    document['paths']['/containers/{id}']['delete']['parameters'].append(
        {'name': 'link', 'in': 'query', 'type': 'boolean'})


def a_restart_policy_may_be_empty(document):
    """1.25: RestartPolicy.Name leaves out the empty one, for what it calls the default; 1.41 has it,
    and Docker 20.10 tells it and takes it at 1.25."""
    document['definitions']['RestartPolicy']['properties']['Name']['enum'].append('')


CORRECTIONS = {'1.25': (volumes_are_paths, port_bindings_are_lists, links_can_be_removed,
                        a_restart_policy_may_be_empty)}


class Specification(object):
    """The document of one version."""

    def __init__(self, version):
        with io.open(os.path.join(FOLDER, 'v{0}.json'.format(version)), encoding='utf-8') as opened:
            self.document = json.load(opened)
        assert self.document['info']['version'] == version
        self.base = self.document['basePath']
        for correct in CORRECTIONS.get(version, ()):
            correct(self.document)
        self._closed = {}
        self.operations = {}
        for path, item in self.document['paths'].items():
            for method in set(item) & {'get', 'head', 'post', 'put', 'delete'}:
                operation = dict(item[method])
                operation['parameters'] = item.get('parameters', []) + operation.get('parameters', [])
                self.operations[method.upper(), path] = Operation(self, method.upper(), path, operation)

    def problems(self, request):
        """What is wrong with a tests.server.Request: a list of Problems."""
        path = urlsplit(request.target).path
        if path == '/version':
            # This is asked before a version is known; without one, the documents since 1.41 say, it is
            # the engine's newest that is spoken.
            path = self.base + path
        asked = request.method + ' ' + path
        if not path.startswith(self.base + '/'):
            return [Problem(asked, 'path', 'is not of ' + self.base)]
        path = path[len(self.base):]
        found = [(operation, match) for operation, match in
                 ((operation, operation.matches(request.method, path))
                  for operation in self.operations.values()) if match]
        if not found:
            return [Problem(asked, 'path', 'is unknown')]
        # What is written out goes before a parameter: /images/json before /images/{name}.
        operation, match = min(found, key=lambda pair: (len(pair[1].groups()), -len(pair[0].path)))
        return operation.problems(request, match)

    def host_config(self, told):
        """A HostConfig as an engine of this version tells it: the keys that are in the document."""
        return self._known(told, {'$ref': '#/definitions/HostConfig'})

    def config(self, told):
        """A Config as an engine of this version tells it."""
        parameters = self.document['paths']['/commit']['post']['parameters']
        return self._known(told, next(item['schema'] for item in parameters if item['in'] == 'body'))

    def _known(self, told, schema):
        known = self.closed(schema)['properties']
        return {key: value for key, value in told.items() if key in known}

    def closed(self, schema):
        """A schema of the document as one of JSON Schema: references followed, allOf of objects made
        one object, null where x-nullable allows it, and objects with properties closed to others."""
        reference = schema.get('$ref')
        if reference:
            if reference not in self._closed:
                place = self.document
                for key in reference.lstrip('#/').split('/'):
                    place = place[key]
                self._closed[reference] = self.closed(place)
            return self._closed[reference]
        made = {key: value for key, value in schema.items() if key not in (
            'description', 'title', 'example', 'default', 'discriminator', 'format')
            and not key.startswith('x-')}
        if 'allOf' in made:
            made = whole([self.closed(part) for part in made['allOf']])
        elif 'properties' in made:
            made['properties'] = {name: self.closed(part) for name, part in made['properties'].items()}
            made.setdefault('additionalProperties', False)
        if isinstance(made.get('additionalProperties'), dict):
            made['additionalProperties'] = self.closed(made['additionalProperties'])
        if 'items' in made:
            made['items'] = self.closed(made['items'])
        if schema.get('x-nullable') and 'type' in made:
            made['type'] = [made['type'], 'null']
            if 'enum' in made:
                made['enum'] = made['enum'] + [None]
        return made


def whole(parts):
    """The parts of an allOf as one schema: closed objects would each refuse what the others have."""
    if not all('properties' in part for part in parts):
        return {'allOf': parts}
    made = {'type': 'object', 'properties': {}, 'additionalProperties': False}
    for part in parts:
        assert set(part) <= set(made) | {'required'} and not part['additionalProperties']
        for name, schema in part['properties'].items():
            known = made['properties'].get(name)
            made['properties'][name] = schema if known is None else {'allOf': [known, schema]}
        if part.get('required'):
            made['required'] = sorted(set(made.get('required', []) + part['required']))
    return made


# What removes a link, /container/alias, too.
LINK = ('DELETE', '/containers/{id}')


class Operation(object):
    """A method of a path, and what it takes."""

    def __init__(self, specification, method, path, described):
        self.specification = specification
        self.method = method
        self.path = path
        self.described = described
        self._validators = {}
        self._pattern = re.compile('/'.join(self._segment(part) for part in path.split('/')) + r'\Z')

    def _segment(self, written):
        name = re.match(r'\{(\w+)\}\Z', written)
        if name is None:
            return re.escape(written)
        # The name of an image may have slashes: each document has registry.example.com/myimage for one
        # at POST /images/{name}/push. Engines take them as they are, and the name of a link likewise.
        slashes = self.path.startswith('/images/') or (self.method, self.path) == LINK
        return '(?P<{0}>{1})'.format(name.group(1), '.+' if slashes else '[^/]+')

    def matches(self, method, path):
        return self._pattern.match(path) if method == self.method else None

    def problems(self, request, match):
        pairs = [(text_of(name), text_of(value)) for name, value in parse_qsl(
            urlsplit(request.target).query, keep_blank_values=True)]
        query = dict(pairs)
        named = {name: text_of(unquote(value)) for name, value in match.groupdict().items()}
        found = list(self._invalid('path', named))
        if (self.method, self.path) == LINK and '/' in named['id'] and query.get('link') != '1':
            found.append(self._problem('path.id', 'has a slash, and is not said to be a link'))
        found.extend(self._problem('query.' + name, 'is there more than once')
                     for name in query if len([pair for pair in pairs if pair[0] == name]) > 1)
        found.extend(self._invalid('query', query))
        if 'filters' in query:
            found.extend(self._filters(query['filters']))
        # The others are HTTP's own.
        headers = {name: text_of(value) for name, value in request.headers.items()
                   if name.startswith('x-') or name == 'content-type' and name in self._taken('header')}
        found.extend(self._invalid('header', headers))
        for name, schema in ((AUTH, self._credentials()),
                             (CONFIG, {'type': 'object', 'additionalProperties': self._credentials()})):
            if name in headers and name in self._taken('header'):
                found.extend(self._in_base64('header.' + name, headers[name], schema))
        return found + self._body(request)

    def _problem(self, place, message):
        return Problem('{0} {1}'.format(self.method, self.path), place, message)

    def _taken(self, where):
        """The parameters that are in path, query, header or body, by their names."""
        return {parameter['name'].lower() if where == 'header' else parameter['name']: parameter
                for parameter in self.described['parameters'] if parameter['in'] == where}

    def _invalid(self, where, values):
        taken = self._taken(where)
        schema = {'type': 'object', 'additionalProperties': False,
                  'required': sorted(name for name in taken if taken[name].get('required')),
                  'properties': {name: {key: value for key, value in parameter.items() if key in (
                      'type', 'enum', 'pattern', 'minimum', 'maximum', 'items')}
                      for name, parameter in taken.items()}}
        if not schema['required']:
            del schema['required']
        return self._validated(where, {name: typed(value, taken.get(name, TEXT))
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

    def _filters(self, said):
        """`filters` is a string to the document, which tells in words what is in it: JSON, lists of
        strings by the keys that it lists."""
        known = re.findall(r'^- `([a-z-]+)', self._taken('query')['filters']['description'], re.MULTILINE)
        assert known
        return self._json('query.filters', said, {
            'type': 'object', 'additionalProperties': False,
            'properties': {name: {'type': 'array', 'items': TEXT} for name in known}})

    def _credentials(self):
        schema = self.specification.closed({'$ref': '#/definitions/AuthConfig'})
        return dict(schema, properties=dict(schema['properties'], **OF_CREDENTIALS))

    def _in_base64(self, where, said, schema):
        if re.match(r'[A-Za-z0-9_-]+=*\Z', said) is None or len(said) % 4:
            return [self._problem(where, 'is not in the base64 for URLs')]
        return self._json(where, base64.urlsafe_b64decode(said.encode('ascii')), schema)

    def _json(self, where, said, schema):
        try:
            value = json.loads(text_of(said))
        except ValueError:
            return [self._problem(where, 'is not JSON')]
        return list(self._validated(where, value, schema))

    def _body(self, request):
        told = request.headers.get('content-type')
        taken = list(self._taken('body').values())
        if not taken:
            found = [('body', 'is there')] if request.body else []
            found += [('header.content-type', 'is there, and no body is taken')] if told else []
            return [self._problem(*problem) for problem in found]
        parameter, = taken
        if not request.body:
            return [self._problem('body', 'is missing')] if parameter.get('required') else []
        found = []
        if 'content-type' not in self._taken('header'):
            kinds = self.described.get('consumes', self.specification.document['consumes'])
            if (told or '').partition(';')[0].strip().lower() not in kinds:
                found.append(self._problem('header.content-type', '{0} is not one of {1}'.format(
                    told, ', '.join(kinds))))
        elif told is None:
            found.append(self._problem('header.content-type', 'is missing'))
        schema = self.specification.closed(parameter['schema'])
        if schema != TEXT:
            found.extend(self._json('body', request.body, schema))
        return found


def typed(value, parameter):
    """The text of a parameter as the value of its type; as it is, when it is none of that type."""
    kind = parameter['type']
    if kind == 'integer' and re.match(r'-?\d+\Z', value):
        return int(value)
    if kind == 'boolean':
        return BOOLEANS.get(value, value)
    if kind == 'array':
        assert parameter.get('collectionFormat', 'csv') == 'csv'
        return [typed(item, parameter['items']) for item in value.split(',')]
    return value


def text_of(value):
    return value.decode('utf-8') if isinstance(value, bytes) else value
