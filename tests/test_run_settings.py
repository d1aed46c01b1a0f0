# -*- coding: utf-8 -*-
"""docker.run_settings: the keywords of run, what it collects, and the message of its error."""

import inspect

import pytest

import docker
from docker.host_config import create_host_config
from docker.run_settings import Collected, end_of_run, split_settings

NOT_TAKEN = ['auto_remove', 'detach', 'restart_policy', 'stdin_open', 'version']


def names_of(function):
    spec = getattr(inspect, 'getfullargspec', getattr(inspect, 'getargspec', None))(function)
    return [name for name in spec.args if name not in ('self', 'image', 'command')]


def is_taken(name):
    """Whether a name is taken; the value may be refused."""
    try:
        split_settings({name: None}, None)
    except TypeError as error:
        return 'run takes no argument' not in str(error)
    return True


@pytest.mark.parametrize('name', sorted(set(
    names_of(docker.Client.create_container) + names_of(create_host_config))))
def test_all_arguments_of_both_calls_are_taken(name):
    assert is_taken(name) is (name not in NOT_TAKEN)


@pytest.mark.parametrize('settings, data, expected', [
    ({}, None, {'host_config': None, 'stdin_open': False}),
    ({'name': 'web', 'environment': ['A=b'], 'platform': 'linux/arm64'}, b'',
     {'name': 'web', 'environment': ['A=b'], 'platform': 'linux/arm64', 'host_config': None,
      'stdin_open': True}),
    ({'binds': {'/a': '/b'}, 'network_mode': 'none', 'mem_limit': '1m', 'dns': '127.0.0.1'}, None,
     {'mem_limit': '1m', 'dns': '127.0.0.1', 'stdin_open': False,
      'host_config': {'Binds': ['/a:/b'], 'NetworkMode': 'none'}}),
    ({'host_config': {'Binds': ['/a:/b'], 'Privileged': False}, 'privileged': True}, None,
     {'host_config': {'Binds': ['/a:/b'], 'Privileged': True}, 'stdin_open': False})])
def test_where_settings_go(settings, data, expected):
    assert split_settings(settings, data) == expected


@pytest.mark.parametrize('name, meant', [
    ('env', 'mean environment?'), ('rm', 'mean remove?'), ('memory', 'mean mem_limit?'),
    ('timeot', 'mean timeout?'), ('interactive', 'mean input?'),
    ('enviroment', 'environment'), ('port_binding', 'port_bindings'), ('networkmode', 'network_mode'),
    ('xyzzy', 'create_container'), ('detach', 'create_container and start do not'), ('auto_remove', 'itself'),
    ('stdin_open', 'input')])
def test_a_name_that_is_not_taken(name, meant):
    with pytest.raises(TypeError) as caught:
        split_settings({name: 'secret'}, None)
    message = str(caught.value)
    assert name in message and meant in message and 'secret' not in message


@pytest.mark.parametrize('host_config, named', [
    ({'AutoRemove': True}, 'AutoRemove'), ({'RestartPolicy': {'Name': 'always'}}, 'RestartPolicy')])
def test_a_host_config_with_which_run_would_not_end(host_config, named):
    with pytest.raises(ValueError) as caught:
        split_settings({'host_config': host_config}, None)
    assert 'host_config' in str(caught.value) and named in str(caught.value)


@pytest.mark.parametrize('host_config', [
    {'AutoRemove': False}, {'RestartPolicy': {'Name': ''}}, {'RestartPolicy': {'Name': 'no'}},
    {'RestartPolicy': None}])
def test_a_host_config_with_defaults(host_config):
    assert split_settings({'host_config': host_config}, None)['host_config'] == host_config


@pytest.mark.parametrize('host_config', [5, 'x', ['x'], {'x': object()}])
def test_what_is_no_host_config(host_config):
    with pytest.raises(TypeError) as caught:
        split_settings({'host_config': host_config}, None)
    assert 'host_config' in str(caught.value)


PAIRS = [(b'a', None), (None, b'b'), (b'c', None), (b'', b'')]


@pytest.mark.parametrize('arguments, output', [
    ((True, False, False), b'ac'), ((False, True, False), b'b'), ((True, True, False), b'abc'),
    ((False, False, False), b''), ((True, True, True), (b'ac', b'b')), ((False, True, True), (None, b'b'))])
def test_what_is_collected(arguments, output):
    collected = Collected(*arguments)
    for pair in PAIRS:
        collected.add(pair)
    assert (collected.output, collected.stderr) == (output, b'b')


def test_nothing_is_collected():
    assert Collected(True, True, True).output == (None, None)
    assert Collected(True, False, False).output == b''


@pytest.mark.parametrize('stderr, shown', [
    (b'', ''), (b'\n\n', ''), (b'one\n', ': one'), (b'one\n\ntwo\r\nthree\nfour', ': two / three / four'),
    (b'\x1b[31mred\x1b[0m\n', ': [31mred [0m'), (b'a\x00b\tc', ': a b c'),
    (b'\xff', u': \ufffd'), (b'x' * 1000, ': ...' + 'x' * 300), (b'skipped\n' * 1000 + b'end', None)])
def test_the_message_of_an_error(stderr, shown):
    message = end_of_run('ended with exit code 3', stderr, 'a' * 64, {'Id': u'caf\xe9'}, ['secret'])
    text = message if isinstance(message, type(u'')) else message.decode('utf-8')
    if shown is None:
        assert text.endswith(u': skipped / skipped / end')
    else:
        assert text == u'container aaaaaaaaaaaa of the image caf\xe9 ended with exit code 3' + shown
    assert u'\n' not in text
