"""docker.guidance: what is meant by a name that a Client, a call or the module has not."""

import pickle
import sys

import pytest
import requests
import six

import docker
from docker import guidance, utils

new_modules = pytest.mark.skipif(sys.version_info < (3, 7), reason='a module has no __getattr__ before')
wrapped = pytest.mark.skipif(six.PY2, reason='functions are as they were there')


@pytest.fixture
def client():
    client = docker.Client('unix:///missing.sock')
    yield client
    client.close()


def message(error, call, *arguments, **named):
    with pytest.raises(error) as caught:
        call(*arguments, **named)
    assert '\n' not in str(caught.value)
    return str(caught.value)


# Attributes of a Client

@pytest.mark.parametrize('name, hint', [
    ('ps', ': containers() lists containers'), ('rm', ': remove_container() removes a container'),
    ('rmi', ': remove_image() removes an image'), ('PS', ': containers() lists containers'),
    ('creat_container', ': did you mean create_container?'), ('Containers', ': did you mean containers?'),
    ('container_create', ': did you mean create_container?'),
    ('image_inspect', ': did you mean inspect_image?'),
    ('removecontainer', ': did you mean remove_container?'), ('api_versoin', ': did you mean api_version?'),
    ('stop_container', ': did you mean stop?'), ('run_container', ': did you mean run?'),
    ('rename_container', ': did you mean rename?'), ('pull_image', ': did you mean pull?'),
    ('delete_container', ': did you mean remove_container?'), ('get_logs', ': did you mean logs?'),
    ('list_volumes', ': did you mean volumes?'), ('network_ls', ': did you mean networks?'),
    ('volume_rm', ': did you mean remove_volume?'), ('remove_containers', ': did you mean remove_container?'),
    ('strat', ': did you mean start?'), ('lgos', ': did you mean logs?'),
    ('copy_to', ': did you mean copy_to_container?'), ('wait_for', ': did you mean wait?'),
    ('host_config', ': did you mean create_host_config?'),
    ('scale', ': update_service() changes how many tasks a service has'),
    # What is of requests.Session, or another word, is not meant.
    ('mounts', ''), ('sned', ''), ('name', ''), ('list_load', ''), ('update_images', ''),
    ('xyzzy', ''), ('_xyzzy', ''), ('_gett', '')])
def test_attributes(client, name, hint):
    assert message(AttributeError, getattr, client, name) == (
        "'Client' object has no attribute {0!r}{1}".format(name, hint))
    assert not hasattr(client, name) and getattr(client, name, 5) == 5


def test_hints_name_calls():
    for hint in list(guidance._ATTRIBUTES.values()):
        for call in [word.strip(',') for word in hint.split() if '()' in word]:
            assert callable(getattr(docker.Client, call.strip('()')))
    assert [name for name in guidance._ATTRIBUTES if hasattr(docker.Client, name)] == []
    for name in guidance._FILTERS:
        assert callable(getattr(docker.Client, name))
    for calls in guidance._VERBS.values():
        assert all(callable(getattr(docker.Client, call)) for call in calls)


def test_an_error_of_an_attribute_can_be_pickled(client):
    with pytest.raises(AttributeError) as caught:
        client.ps
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert 'containers() lists' in repr(caught.value)


def test_subclasses_are_named(client):
    class Mine(docker.Client):
        def deploy(self):
            pass

    mine = Mine('unix:///missing.sock')
    assert message(AttributeError, getattr, mine, 'deplo') == (
        "'Mine' object has no attribute 'deplo': did you mean deploy?")
    mine.close()


# Verbs of requests.Session

@pytest.mark.parametrize('verb, calls', [
    ('get', 'inspect_container(), inspect_image(), get_archive() or get_image()'),
    ('delete', 'remove_container(), remove_image(), remove_network() or remove_volume()'),
    ('post', 'start(), stop(), create_container() or commit()'), ('put', 'put_archive()'),
    ('head', 'inspect_container() or inspect_image()'), ('options', 'info() or version()'),
    ('patch', 'update_container() or rename()')])
@pytest.mark.parametrize('auth', [None, ('me', 'secret')])
def test_verbs_with_a_name(client, verb, calls, auth):
    client.auth = auth
    for error in (ValueError, requests.exceptions.MissingSchema):
        assert message(error, getattr(client, verb), 'web') == (
            "{0}() is of requests.Session and takes a URL, not 'web': did you mean {1}?".format(verb, calls))


@pytest.mark.parametrize('url, text', [
    ({'Id': 'a'}, 'not a value of type dict: did you'), (5, 'not a value of type int: did you'),
    ('busybox:latest', "not 'busybox:latest': did you"), (u'caf\xe9', 'not '),
    ('/info', "not '/info': did you mean client.base_url + '/info'?"),
    ('me:secret@host/path', 'not text without a scheme: did you')])
def test_what_is_no_url(client, url, text):
    shown = message(requests.exceptions.MissingSchema, client.get, url)
    assert shown.startswith('get() is of requests.Session and takes a URL, ' + text) and 'secret' not in shown


def test_other_verbs_have_no_hint(client):
    assert message(ValueError, client.request, 'BREW', 'x') == (
        "brew() is of requests.Session and takes a URL, not 'x'")


def test_urls_of_all_kinds_are_taken(client):
    for url in ('http://localhost/x', u'http+docker://localhost/x', 'mock://x'):
        assert client.prepare_request(requests.Request('GET', url)).method == 'GET'


# Arguments

@wrapped
@pytest.mark.parametrize('call, arguments, hint', [
    ('create_container', 'prots', ': did you mean ports?'),
    ('create_container', 'env', ': did you mean environment?'),
    ('create_container', 'cmd', ': did you mean command?'),
    ('create_container', 'workdir', ': did you mean working_dir?'),
    ('create_container', 'port_bindings', ': it is an argument of start and create_host_config'),
    ('create_container', 'binds', ': it is an argument of start and create_host_config'),
    ('create_container', 'auto_remove', ': it is an argument of create_host_config'),
    ('create_container', 'network',
     ': did you mean network_mode, an argument of start and create_host_config?'),
    ('start', 'volumes', ': it is an argument of create_container; did you mean binds?'),
    ('start', 'environment', ': it is an argument of create_container'),
    ('start', 'ports', ': it is an argument of create_container; did you mean port_bindings?'),
    ('create_container', 'rm', ': did you mean auto_remove, an argument of create_host_config?'),
    ('create_container', 'v', ': did you mean binds, an argument of start and create_host_config?'),
    ('create_container', 'p', ': did you mean port_bindings, an argument of start and create_host_config?'),
    ('create_container', 'stdin', ': did you mean stdin_open?'),
    ('create_host_config', 'memory', ': did you mean mem_limit?'),
    ('create_host_config', 'cpuset', ': did you mean cpuset_cpus?'),
    ('create_host_config', 'rm', ': did you mean auto_remove?'),
    ('update_container', 'memory', ': did you mean mem_limit?'),
    ('logs', 'lines', ': did you mean tail?'), ('logs', 'n', ': did you mean tail?'),
    ('build', 'context', ': did you mean path?'), ('build', 'file', ': did you mean dockerfile?'),
    ('build', 't', ': did you mean tag?'), ('login', 'url', ': did you mean registry?'),
    ('exec_create', 'working_dir', ': did you mean workdir?'),
    ('containers', 'status', ": did you mean filters={'status': ...}?"),
    ('images', 'dangling', ": did you mean filters={'dangling': ...}?"),
    ('events', 'follow', ': it is an argument of logs, service_logs and task_logs'),
    ('remove_container', 'name', ': did you mean container?'),
    ('stop', 'tiemout', ': did you mean timeout?'), ('stop', 'time', ': did you mean timeout?'),
    ('remove_container', 'volumes', ': did you mean v?'), ('containers', 'filter', ': did you mean filters?'),
    ('info', 'x', '; it takes none'), ('diff', 'xyzzy', '; it takes container'),
    ('create_container', 'xyzzy', '')])
def test_arguments(client, call, arguments, hint):
    assert message(TypeError, getattr(client, call), **{arguments: 1}) == (
        '{0}() got an unexpected keyword argument {1!r}{2}'.format(call, arguments, hint))


@wrapped
@pytest.mark.parametrize('call, text', [
    (lambda client: client.create_container(),
     "create_container() missing 1 required positional argument: 'image'"),
    (lambda client: client.info(1), 'info() takes 1 positional argument but 2 were given'),
    (lambda client: client.diff('a', container='b'), "diff() got multiple values for argument 'container'"),
    (lambda client: client.create_host_config(bind=1),
     "create_host_config() got an unexpected keyword argument 'bind': did you mean binds?"),
    (lambda client: utils.create_host_config(port_binding=1),
     "create_host_config() got an unexpected keyword argument 'port_binding': did you mean port_bindings?"),
    (lambda client: client.create_container_config('a', prts=1),
     "create_container_config() got an unexpected keyword argument 'prts': did you mean ports?"),
    (lambda client: docker.Client(base_uri='x'),
     "docker.Client() got an unexpected keyword argument 'base_uri': did you mean base_url?"),
    (lambda client: docker.Client(host='x'),
     "docker.Client() got an unexpected keyword argument 'host': did you mean base_url?"),
    (lambda client: docker.Client(auth='x'),
     "docker.Client() got an unexpected keyword argument 'auth'; it takes base_url, version, timeout, tls, "
     "pool_size, user_agent, num_pools"),
    (lambda client: docker.Client.from_env(assert_hostnam=False),
     "docker.Client() got an unexpected keyword argument 'assert_hostnam': did you mean assert_hostname, an "
     'argument of from_env?'),
    (lambda client: docker.Client(environment={}),
     "docker.Client() got an unexpected keyword argument 'environment': it is an argument of from_env"),
    (lambda client: docker.types.Mount('/a', 'b', readonly=True),
     "Mount() got an unexpected keyword argument 'readonly': did you mean read_only?"),
    (lambda client: docker.types.UpdateConfig(paralelism=1),
     "UpdateConfig() got an unexpected keyword argument 'paralelism': did you mean parallelism?"),
    (lambda client: docker.types.Ulimit('nofile', 1, 2),
     'Ulimit() takes 1 positional argument but 4 were given'),
    (lambda client: docker.types.Mount(source='/a'),
     "Mount() missing 1 required positional argument: 'target'"),
    (lambda client: docker.Client.start('web'),
     'start() is called on a Client: did you mean docker.Client().start(...)?'),
    (lambda client: docker.Client.containers(),
     'containers() is called on a Client: did you mean docker.Client().containers(...)?'),
    (lambda client: docker.Client.start(client),
     "start() missing 1 required positional argument: 'container'")])
def test_other_errors_of_arguments(client, call, text):
    assert message(TypeError, call, client) == text


# Names of the module

@new_modules
@pytest.mark.parametrize('name, hint', [
    ('DockerClient', "docker.Client(version='auto')"), ('APIClient', "docker.Client(version='auto')"),
    ('models', "the calls of docker.Client(version='auto')"), ('TLSConfig', 'docker.tls.TLSConfig'),
    ('ContextAPI', 'DOCKER_CONTEXT')])
def test_names_of_the_other_distribution(name, hint):
    shown = message(AttributeError, getattr, docker, name)
    assert shown.startswith("module 'docker' has no attribute {0!r}: it is a name of the Docker SDK for "
                            'Python, another distribution'.format(name))
    assert 'use ' + hint in shown and not hasattr(docker, name)
    shown = message(ImportError, six.exec_, 'from docker import {0} as x'.format(name))
    assert shown.startswith("cannot import name {0!r} from 'docker': it is a name of the Docker".format(name))


@new_modules
@pytest.mark.parametrize('name, meant', [('clinet', 'client'), ('Cilent', 'Client'), ('erors', 'errors'),
                                         ('from_envs', 'from_env'), ('CLIENT', 'Client')])
def test_typos_in_names_of_the_module(name, meant):
    assert message(AttributeError, getattr, docker, name) == (
        "module 'docker' has no attribute {0!r}: did you mean docker.{1}?".format(name, meant))
    assert message(ImportError, six.exec_, 'from docker import ' + name) == (
        "cannot import name {0!r} from 'docker': did you mean docker.{1}?".format(name, meant))


@new_modules
@pytest.mark.parametrize('name', ['xyzzy', '_clinet', '__wrapped__'])
def test_other_names_of_the_module(name):
    assert message(AttributeError, getattr, docker, name) == (
        "module 'docker' has no attribute {0!r}".format(name))
    assert message(ImportError, six.exec_, 'from docker import ' + name).startswith('cannot import name')
