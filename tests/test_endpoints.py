"""docker.endpoints: each endpoint of the newest specification has a call, or a reason for having none."""

import io
import json
import os
import re
import subprocess
import sys

import docker
from docker import endpoints
from docker.transport.since import ENDPOINTS

SPECIFICATION = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'specs', 'v1.55.json')
METHODS = ('get', 'post', 'put', 'delete', 'head')


def in_specification():
    with io.open(SPECIFICATION, encoding='utf-8') as opened:
        paths = json.load(opened)['paths']
    return set((re.sub(r'\{[^}]*\}', '{}', path), method.upper())
               for path, operations in paths.items() for method in operations if method in METHODS)


def test_the_endpoints_are_those_of_the_specification():
    listed = endpoints.newest_endpoints()
    assert set(listed) == in_specification()
    assert len(listed) == len(set(listed)) == 108


def test_what_was_removed_is_known():
    assert set(endpoints.REMOVED) <= set(ENDPOINTS)


def test_each_endpoint_has_a_call_or_a_reason():
    assert endpoints.missing_endpoints() == []


def test_a_reason_is_for_an_endpoint_without_a_call():
    assert not set(endpoints.WITHOUT_CALL) & set(endpoints.calls_by_endpoint())
    assert set((path, method) for method, path in endpoints.WITHOUT_CALL) <= set(endpoints.newest_endpoints())


def test_each_call_names_endpoints_that_there_are():
    for endpoint, names in endpoints.calls_by_endpoint().items():
        assert endpoint in ENDPOINTS, names


def test_each_call_is_of_the_client():
    for names in endpoints.calls_by_endpoint().values():
        assert all(callable(getattr(docker.Client, name)) for name in names)


def test_the_table():
    lines = endpoints.endpoint_table().splitlines()
    assert len(lines) == 2 + 108 + 2
    assert '| `GET /containers/json` | 1.6 | `containers` |' in lines
    assert '| `GET /plugins/{id}/json` | 1.25 | `inspect_plugin` |' in lines
    assert '| `POST /session` | 1.38 | `build` |' in lines
    socket, = [line for line in lines if '/attach/ws`' in line]
    assert socket.endswith(
        '| none: {0} |'.format(endpoints.WITHOUT_CALL['GET', '/containers/{}/attach/ws']))


def test_it_is_printed():
    output = subprocess.check_output([sys.executable, '-m', 'docker.endpoints'])
    assert output.decode('ascii').splitlines() == endpoints.endpoint_table().splitlines()
