"""A log that is followed and that its engine ends too early."""

import pytest

from tests.server import HIJACKED, as_json, chunked, frame

LINES = [frame(1, b'line %d\n' % number if str is not bytes else 'line %d\n' % number)
         for number in range(10000)]
RUNNING = as_json({'Config': {'Tty': False}, 'State': {'Running': True}})
MODERN = as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'})


def log(lines):
    return chunked([b''.join(lines)], 'application/vnd.docker.raw-stream')


@pytest.mark.parametrize('cut', [5000, 9999, 10000])
def test_what_was_cut_off_is_told(server, client, cut):
    server.answer(MODERN, RUNNING, log(LINES[:cut]), log(LINES))
    assert list(client.logs('c', stream=True)) == [line[8:] for line in LINES]
    assert [request.query.get('follow') for request in server.requests[2:]] == ['1', '0']


def test_a_log_that_was_rotated_is_left_alone(server, client):
    server.answer(MODERN, RUNNING, log(LINES[:5000]), log(LINES[1:]))
    assert list(client.logs('c', stream=True)) == [line[8:] for line in LINES[:5000]]


def test_a_container_that_is_gone(server, client):
    server.answer(MODERN, RUNNING, log(LINES[:5000]), as_json({'message': 'gone'}, 404))
    assert len(list(client.logs('c', stream=True))) == 5000


def test_a_short_log_is_not_read_again(server, client):
    server.answer(MODERN, RUNNING, log(LINES[:100]))
    assert len(list(client.logs('c', stream=True))) == 100
    assert len(server.requests) == 3


def test_attach_goes_on_as_it_is(server, client):
    server.answer(MODERN, RUNNING, HIJACKED + frame(1, b'out'))
    assert list(client.attach('c', stream=True)) == [b'out']
    assert server.request.path == '/v1.12/containers/c/attach'
