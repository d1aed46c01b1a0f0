"""That the stubs are complete: what type checkers do not see."""

import ast
import inspect
import io
import os
import sys

import pytest

import docker
from docker import config, host_config, network_config, swarm_config
from docker.endpoints import _functions_of
from docker.run_settings import _NOT_IN_CONFIG, _NOT_TAKEN, _OF_THE_CALL
from tests.stubs.checkers import ROOT

pytestmark = pytest.mark.skipif(sys.version_info < (3, 8), reason='stubs are read with the ast of Python 3.8')

CALLS = _functions_of(docker.Client)
# Calls that pass on what they get, and the functions whose parameters they have, but those that are left out.
PASSED_ON = {
    'create_container_config': (config.create_container_config, ()),
    'create_host_config': (host_config.create_host_config, ()),
    'create_networking_config': (network_config.create_networking_config, ()),
    'create_endpoint_config': (network_config.create_endpoint_config, ('version',)),
    'create_swarm_spec': (swarm_config.SwarmSpec, ()),
}
# Parameters that take anything, and why.
ANYTHING = {
    ('create_host_config', 'version'): 'not used',
}


def stubs():
    """The stubs as trees, by their paths."""
    found = {}
    for folder, _, files in os.walk(os.path.join(ROOT, 'docker')):
        for name in files:
            if name.endswith('.pyi'):
                path = os.path.join(folder, name)
                with io.open(path, encoding='utf-8') as file:
                    found[os.path.relpath(path, ROOT)] = ast.parse(file.read())
    return found


STUBS = stubs() if sys.version_info >= (3, 8) else {}


def variants_of(call):
    """The definitions of a call in the stub of its module, one or an overload each."""
    module, name = CALLS[call].__module__, CALLS[call].__qualname__.split('.')[0]
    tree = STUBS[os.path.join(*module.split('.')) + '.pyi']
    kind, = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name]
    return [node for node in kind.body if isinstance(node, ast.FunctionDef) and node.name == call]


def arguments_of(definition):
    given = definition.args
    return [each for each in given.posonlyargs + given.args + given.kwonlyargs if each.arg != 'self']


def parameters_of(call):
    """The names and the defaults of the parameters of a call."""
    function, left_out = PASSED_ON.get(call, (CALLS[call], ()))
    return [(name, parameter.default) for name, parameter in inspect.signature(function).parameters.items()
            if name not in left_out + ('self',) and parameter.kind != parameter.VAR_KEYWORD]


@pytest.mark.parametrize('call', sorted(CALLS))
def test_each_call_has_its_parameters(call):
    assert variants_of(call)
    for variant in variants_of(call):
        assert [each.arg for each in arguments_of(variant)] == [name for name, _ in parameters_of(call)]


@pytest.mark.parametrize('call', sorted(CALLS))
def test_each_call_has_its_defaults(call):
    defaults = {name: value for name, value in parameters_of(call) if value is not inspect.Parameter.empty}
    # An overload for one value of a parameter has no default for it; that of all others has.
    found = {}
    for variant in variants_of(call):
        for name, value in defaults_of(variant):
            assert value == defaults[name] and type(value) is type(defaults[name])
            found[name] = value
    assert set(found) == set(defaults)


def defaults_of(definition):
    given = definition.args
    positional = given.posonlyargs + given.args
    pairs = list(zip(positional[len(positional) - len(given.defaults):], given.defaults))
    pairs += [(each, value) for each, value in zip(given.kwonlyargs, given.kw_defaults) if value]
    return [(each.arg, ast.literal_eval(value)) for each, value in pairs]


@pytest.mark.parametrize('call', sorted(CALLS))
def test_no_parameter_takes_anything(call):
    for variant in variants_of(call):
        for each in arguments_of(variant):
            names = {node.id for node in ast.walk(each.annotation) if isinstance(node, ast.Name)}
            if (call, each.arg) not in ANYTHING:
                assert not names & {'Any', 'object'}, each.arg
        assert variant.returns is not None


def test_the_parameters_that_take_anything_exist():
    assert set(ANYTHING) <= {(call, name) for call in CALLS for name, _ in parameters_of(call)}


def test_the_build_of_an_auto_version_client_has_its_parameters():
    kind, = [node for node in STUBS[os.path.join('docker', 'client.pyi')].body
             if isinstance(node, ast.ClassDef) and node.name == 'AutoVersionClient']
    assert len(kind.body) == 3
    annotations = {each.arg: ast.dump(each.annotation) for each in arguments_of(variants_of('build')[-1])}
    for variant in kind.body:
        assert variant.name == 'build'
        assert [each.arg for each in arguments_of(variant)] == [name for name, _ in parameters_of('build')]
        for each in arguments_of(variant):
            assert each.arg == 'decode' or ast.dump(each.annotation) == annotations[each.arg]


def test_the_settings_of_run_are_those_that_it_takes():
    kind, = [node for node in STUBS[os.path.join('docker', '_typing.pyi')].body
             if isinstance(node, ast.ClassDef) and node.name == 'RunSettings']
    settings = {node.target.id for node in kind.body if isinstance(node, ast.AnnAssign)}
    assert settings == (set(inspect.signature(config.create_container_config).parameters) |
                        set(inspect.signature(host_config.create_host_config).parameters) |
                        set(_NOT_IN_CONFIG)) - set(_NOT_TAKEN) - set(_OF_THE_CALL)


@pytest.mark.parametrize('path', sorted(STUBS))
def test_each_stub_is_that_of_a_module(path):
    assert os.path.exists(os.path.join(ROOT, path[:-1])) or path == os.path.join('docker', '_typing.pyi')


@pytest.mark.parametrize('path', sorted(STUBS))
def test_stubs_are_in_the_style_of_the_code(path):
    with io.open(os.path.join(ROOT, path), encoding='utf-8') as file:
        text = file.read()
    assert [line for line in text.split('\n') if len(line) > 110] == []
    assert not [line for line in text.split('\n') if line.rstrip() != line]
    assert text == '' or text.endswith('\n') and not text.endswith('\n\n')


def test_the_package_says_that_it_has_types():
    assert os.path.exists(os.path.join(ROOT, 'docker', 'py.typed'))
