"""docker.suggestions: functions that explain their arguments are like those that they call."""

import copy
import inspect
import pickle
import pydoc

import pytest
import requests
import six

import docker
from docker import utils
from docker.suggestions import explain_calls, explain_mistakes

try:
    from unittest import mock
except ImportError:
    import mock

only_3 = pytest.mark.skipif(six.PY2, reason='functions are as they were there')
CALLS = sorted(name for room in docker.Client.__bases__ for name, value in vars(room).items()
               if not name.startswith('_') and inspect.isfunction(value))


def original(name):
    return next(vars(room)[name] for room in docker.Client.__bases__ if name in vars(room))


@pytest.mark.parametrize('name', CALLS)
def test_calls_look_as_they_are_written(name):
    call, written = getattr(docker.Client, name), original(name)
    assert call.__doc__ == written.__doc__ and call.__name__ == written.__name__
    if six.PY2:
        assert inspect.getargspec(call) == inspect.getargspec(written)
    else:
        assert call.__qualname__ == 'Client.' + written.__name__ and call.__module__ == 'docker.client'
        assert inspect.getfullargspec(call) == inspect.getfullargspec(written)
        assert inspect.signature(call) == inspect.signature(written)
        assert str(inspect.signature(call)) == str(inspect.signature(written))
        assert inspect.unwrap(call) is written and inspect.getsource(call) == inspect.getsource(written)
        assert pickle.loads(pickle.dumps(call)) is call


@only_3
def test_the_signature_of_a_bound_call_and_of_the_class():
    client = docker.Client('unix:///missing.sock')
    assert list(inspect.signature(client.remove_container).parameters) == ['container', 'v', 'link', 'force']
    assert list(inspect.signature(docker.Client).parameters)[:3] == ['base_url', 'version', 'timeout']
    signature = inspect.signature(docker.Client.diff)
    assert pickle.loads(pickle.dumps(signature)) == copy.copy(signature) == signature
    assert 'remove_container(container, v=False' in pydoc.plain(
        pydoc.render_doc(client.remove_container))
    with pytest.raises(AttributeError):
        signature.missing
    client.close()


@pytest.mark.parametrize('make', [
    lambda client: mock.create_autospec(client),
    lambda client: mock.create_autospec(docker.Client, instance=True),
    lambda client: mock.create_autospec(docker.Client)(), lambda client: mock.Mock(spec=client)])
def test_mocks(make):
    client = docker.Client('unix:///missing.sock')
    mocked = make(client)
    mocked.stop('web', timeout=5)
    mocked.stop.assert_called_once_with('web', timeout=5)
    assert isinstance(mocked, docker.Client) and isinstance(mocked, requests.Session)
    with pytest.raises(AttributeError):
        mocked.creat_container
    client.close()


@pytest.mark.parametrize('make', [
    lambda client: mock.create_autospec(client),
    lambda client: mock.create_autospec(docker.Client, instance=True)])
def test_a_mock_checks_arguments(make):
    client = docker.Client('unix:///missing.sock')
    with pytest.raises(TypeError):
        make(client).stop('web', tiemout=5)
    client.close()


def test_subclasses():
    class Mine(docker.Client):
        def stop(self, container, now=False):
            return super(Mine, self).stop(container, tiemout=0) if now else 'mine'

    client = Mine('unix:///missing.sock')
    assert client.stop('web') == 'mine'
    with pytest.raises(TypeError, match=r'^stop\(\) got an unexpected keyword argument .tiemout.'):
        client.stop('web', now=True)
    with pytest.raises(TypeError, match='new'):
        client.stop('web', new=True)
    client.close()


def test_a_client_is_pickled_with_its_calls():
    client = docker.Client('unix:///missing.sock')
    assert type(pickle.loads(pickle.dumps(client))) is docker.Client
    if six.PY3:
        assert pickle.loads(pickle.dumps(client.stop)).__func__ is docker.Client.stop
    client.close()


def test_errors_from_within_a_call_are_its_own():
    def fail(*args):
        raise error

    def call(value):
        """Fail."""
        return value.missing() if callable(value) else len(value)

    error = TypeError('fail() got an unexpected keyword argument "value"')
    with pytest.raises(TypeError) as caught:
        explain_mistakes(fail)()
    assert caught.value is error
    with pytest.raises(TypeError, match='has no len'):
        explain_mistakes(call)(5)
    assert explain_mistakes(call)('four') == 4


@only_3
def test_functions_that_take_all_names_keep_the_message():
    def call(first, **others):
        pass

    with pytest.raises(TypeError, match=r"^call\(\) missing 1 required positional argument: 'first'"):
        explain_mistakes(call)(second=1)


def test_only_public_methods_of_the_bases_are_replaced():
    class Room(object):
        constant = 1

        def __init__(self):
            pass

        def call(self):
            pass

        def _private(self):
            pass

    @explain_calls
    class Composed(Room):
        pass

    assert Composed._private == Room._private and Composed.constant == 1
    assert ('call' in vars(Composed)) == six.PY3 and Composed().call() is None


def test_module_functions():
    assert list(getattr(inspect, 'getfullargspec', getattr(inspect, 'getargspec', None))(
        utils.create_host_config).args)[:2] == ['binds', 'port_bindings']
    assert pickle.loads(pickle.dumps(utils.create_host_config)) is utils.create_host_config
