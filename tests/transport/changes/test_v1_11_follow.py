"""A log that is followed, and whose stream the engine ends too early."""

import pytest

from tests.server import HIJACKED, as_json, chunked, frame

LINES = [frame(1, b'line %d\n' % number) for number in range(10000)]
RUNNING = as_json({'Config': {'Tty': False}, 'State': {'Running': True}})
MODERN = as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'})


def log(lines):
    return chunked([b''.join(lines)], 'application/vnd.docker.raw-stream')


def log_queries(server):
    """Return `follow` and `tail` of each request of the log."""
    return [(request.query['follow'], request.query.get('tail')) for request in server.requests[2:]]


@pytest.mark.parametrize('cut', [9001, 9500, 9999, 10000])
def test_lines_that_were_cut_off_are_read_from_the_last_ones(server, client, cut):
    server.respond(MODERN, RUNNING, log(LINES[:cut]), log(LINES[-1000:]))
    assert list(client.logs('c', stream=True)) == [line[8:] for line in LINES]
    assert log_queries(server) == [('1', None), ('0', '1000')]


@pytest.mark.parametrize('lines, cut', [
    (LINES, 5000),                          # more was cut off than the last lines
    (LINES[:10] * 1000, 9995),              # repeated lines, which do not show where they belong
    (LINES[:1] * 10000, 9000), (LINES[:1] * 10000, 10000)])
def test_the_whole_log_is_read_when_the_last_lines_do_not_suffice(server, client, lines, cut):
    server.respond(MODERN, RUNNING, log(lines[:cut]), log(lines[-1000:]), log(lines))
    assert list(client.logs('c', stream=True)) == [line[8:] for line in lines]
    assert log_queries(server) == [('1', None), ('0', '1000'), ('0', None)]


@pytest.mark.parametrize('times', [1, 20])
def test_an_engine_that_ignores_tail(server, client, times):
    lines = LINES * times
    server.respond(MODERN, RUNNING, log(lines[:-9]), log(lines), log(lines))
    assert b''.join(client.logs('c', stream=True)) == b''.join(line[8:] for line in lines)


def test_a_log_without_frames(server, client):
    text = b''.join(line[8:] for line in LINES)
    terminal = as_json({'Config': {'Tty': True}, 'State': {'Running': True}})
    server.respond(MODERN, terminal, log([text[:-20]]), log([text[-5000:]]), log([text]))
    assert b''.join(client.logs('c', stream=True)) == text


def test_a_log_that_was_rotated_is_left_alone(server, client):
    server.respond(MODERN, RUNNING, log(LINES[:5000]), log(LINES[-1000:]), log(LINES[1:]))
    assert list(client.logs('c', stream=True)) == [line[8:] for line in LINES[:5000]]


def test_a_container_that_is_gone(server, client):
    gone = as_json({'message': 'gone'}, 404)
    server.respond(MODERN, RUNNING, log(LINES[:5000]), gone, gone)
    assert len(list(client.logs('c', stream=True))) == 5000


def test_a_short_log_is_not_read_again(server, client):
    server.respond(MODERN, RUNNING, log(LINES[:100]))
    assert len(list(client.logs('c', stream=True))) == 100
    assert len(server.requests) == 3


def test_attach_goes_on_as_it_is(server, client):
    server.respond(MODERN, RUNNING, HIJACKED + frame(1, b'out'))
    assert list(client.attach('c', stream=True)) == [b'out']
    assert server.request.path == '/v1.12/containers/c/attach'
