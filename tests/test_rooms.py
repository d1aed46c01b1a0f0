"""That the code keeps the structure that CONTRIBUTING.md describes: read from its source, not run."""

import ast
import collections
import io
import os
import re

import pytest
import six

import docker

pytestmark = pytest.mark.skipif(six.PY2, reason='the same on every Python, and read with the ast of Python 3')

ROOT = os.path.dirname(os.path.abspath(docker.__file__))
# The functions that only tests and users call; all others that only their own module calls begin with an
# underscore.
PUBLIC = ['calls_by_endpoint', 'endpoint_table', 'follow', 'image_graph', 'main', 'markdown_table',
          'missing_endpoints', 'newest_endpoints', 'read_credentials', 'reading', 'show']
# The class that is built on the public calls of the others.
BUILT_ON_CALLS = 'docker.api.run'
# The modules whose names are for users.
FOR_USERS = ('docker.auth', 'docker.config', 'docker.host_config', 'docker.utils')
MAX_LINES_95 = 25


def sources():
    """The source of each module, by its name."""
    found = {}
    for folder, _, files in os.walk(ROOT):
        for file in files:
            if file.endswith('.py'):
                path = os.path.join(folder, file)
                name = os.path.relpath(path, os.path.dirname(ROOT))[:-3].replace(os.sep, '.')
                with io.open(path, encoding='utf-8') as source:
                    found[re.sub(r'\.__init__$', '', name)] = source.read()
    return found


SOURCES = sources() if six.PY3 else {}
MODULES = {name: ast.parse(source) for name, source in SOURCES.items()}


def imports(tree):
    """The modules of docker that a module imports, also within functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split('.')[0] == 'docker':
            for alias in node.names:
                name = '{0}.{1}'.format(node.module, alias.name)
                yield name if name in MODULES else node.module


def functions(tree):
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def test_no_import_leads_back():
    graph = {name: set(imports(tree)) - {name} for name, tree in MODULES.items()}
    while graph:
        lowest = [name for name, below in graph.items() if not below & set(graph)]
        assert lowest, 'these import each other: {0}'.format(sorted(graph))
        for name in lowest:
            del graph[name]


def test_client_is_composition_alone():
    tree = MODULES['docker.client']
    client, auto = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    assert functions(tree) == []
    assert len(client.body) == 1 and ast.get_docstring(client)
    assert len(auto.body) == 1 and ast.get_docstring(auto)
    assert [base.id for base in auto.bases] == ['AutoVersionSession', 'Client']
    rooms = [node.name for name in MODULES if name.startswith('docker.api.')
             for node in MODULES[name].body if isinstance(node, ast.ClassDef)]
    assert sorted(base.id for base in client.bases) == sorted(rooms)


@pytest.mark.parametrize('name', [name for name in sorted(MODULES) if name.startswith('docker.api.')])
def test_a_room_uses_the_session_alone(name):
    room, = [node for node in MODULES[name].body if isinstance(node, ast.ClassDef)]
    assert [base.id for base in room.bases] == ['EngineSession']
    session = next(node for node in MODULES['docker.session'].body if isinstance(node, ast.ClassDef))
    own = {node.name for node in room.body + session.body if isinstance(node, ast.FunctionDef)}
    own |= {node.attr for node in ast.walk(session) if isinstance(node, ast.Attribute)}
    if name == BUILT_ON_CALLS:
        own |= {node.name for other in MODULES if other.startswith('docker.api.')
                for node in ast.walk(MODULES[other])
                if isinstance(node, ast.FunctionDef) and not node.name.startswith('_')}
    used = {node.attr for node in ast.walk(room) if isinstance(node, ast.Attribute) and
            isinstance(node.value, ast.Name) and node.value.id == 'self'}
    assert used <= own
    assert not [module for module in imports(MODULES[name]) if module.startswith('docker.api')]


def test_no_two_functions_have_one_name():
    homes = collections.defaultdict(list)
    for name, tree in MODULES.items():
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith('__'):
                homes[node.name].append(name)
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_what_only_its_own_module_uses_begins_with_an_underscore():
    used = {name: {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} |
            {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
             for alias in node.names}
            for name, tree in MODULES.items()}
    alone = [function.name for name, tree in MODULES.items() for function in functions(tree)
             if not function.name.startswith('_') and not function.decorator_list and
             not name.startswith(FOR_USERS) and
             not any(function.name in used[other] for other in MODULES if other != name)]
    assert sorted(alone) == PUBLIC


def test_functions_are_short():
    lengths = []
    for tree in MODULES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                first = node.body[1] if ast.get_docstring(node) and node.body[1:] else node.body[0]
                lengths.append(node.end_lineno - first.lineno + 1 if hasattr(node, 'end_lineno') else 1)
    assert sorted(lengths)[len(lengths) * 95 // 100] <= MAX_LINES_95


def test_urllib3_is_imported_in_one_place():
    assert [name for name, tree in sorted(MODULES.items()) for node in ast.walk(tree)
            if isinstance(node, (ast.Import, ast.ImportFrom)) and
            'urllib3' in [alias.name.split('.')[0] for alias in node.names] +
            [(getattr(node, 'module', None) or '').split('.')[0]]] == ['docker.transport.urllib3_api'] * 5


@pytest.mark.parametrize('name', sorted(MODULES))
def test_exceptions_are_raised_from_nothing_or_from_their_cause(name):
    """An exception that is raised while another one is handled shows two tracebacks."""
    for handler in ast.walk(MODULES[name]):
        if isinstance(handler, ast.ExceptHandler):
            raised = [node for node in ast.walk(handler) if isinstance(node, ast.Raise) and node.exc]
            assert not raised, 'line {0}: use six.raise_from'.format(raised[0].lineno)


@pytest.mark.parametrize('name', sorted(MODULES))
def test_text_is_formatted_by_format(name):
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            left = node.left
            text = left.value if hasattr(left, 'value') else getattr(left, 's', None)
            assert not isinstance(text, six.string_types), 'line {0}'.format(node.lineno)


def test_words():
    for name, source in SOURCES.items():
        found = re.findall(r'(?i)\b(?:re)?(?:told|said)\b|\banswer(?:s|ed)?\b', source)
        assert not found, '{0}: {1}'.format(name, found)
