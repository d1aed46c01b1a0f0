# -*- coding: utf-8 -*-
"""docker.errors: the exception for each response of an engine, and the bases by which it can be caught."""

import copy
import pickle

import pytest
import requests
from requests import exceptions
import six

import docker
from docker import errors
from docker.errors import APIError, error_for


def create_response(status, body=b'', kind='text/plain; charset=utf-8', reason='Reason'):
    response = requests.Response()
    response.status_code = status
    response.reason = reason
    response._content = body if isinstance(body, bytes) else body.encode('utf-8')
    response.headers['Content-Type'] = kind
    response.url = 'http+docker://localhost/v1.6/containers/c/json'
    return response


@pytest.mark.parametrize('kind, bases', [
    ('DockerException', (Exception,)),
    ('APIError', (errors.DockerException, exceptions.HTTPError)),
    ('BadRequest', (APIError,)),
    ('Unauthorized', (APIError,)),
    ('NotFound', (APIError,)),
    ('ImageNotFound', (errors.NotFound,)),
    ('Conflict', (APIError,)),
    ('ServerError', (APIError,)),
    ('OperationFailed', (APIError,)),
    ('AccessDenied', (errors.OperationFailed, errors.Unauthorized)),
    ('ImageMissing', (errors.OperationFailed, errors.ImageNotFound)),
    ('NotSupported', (APIError, ValueError)),
    ('EngineUnreachable', (errors.DockerException, exceptions.ConnectionError)),
    ('ConnectTimedOut', (errors.EngineUnreachable, exceptions.ConnectTimeout, exceptions.Timeout)),
    ('TLSFailed', (errors.EngineUnreachable, exceptions.SSLError)),
    ('NotAnEngine', (errors.EngineUnreachable,)),
    ('ReadTimedOut', (errors.DockerException, exceptions.ReadTimeout, exceptions.Timeout)),
    ('StreamBroken', (errors.DockerException, exceptions.ChunkedEncodingError)),
])
def test_the_hierarchy_of_exceptions(kind, bases):
    assert kind in errors.__all__
    assert issubclass(getattr(errors, kind), bases)
    for base in bases:
        assert issubclass(getattr(errors, kind), base)
    if kind != 'DockerException':
        assert issubclass(getattr(errors, kind), exceptions.RequestException)


def test_every_class_is_in_the_documentation():
    for name in errors.__all__:
        assert name == 'error_for' or name in errors.__doc__


def test_the_names_that_scripts_catch():
    assert docker.APIError is docker.client.APIError is docker.errors.APIError
    assert docker.DockerException is docker.errors.DockerException


@pytest.mark.parametrize('status, text, kind', [
    (400, 'Bad parameter', errors.BadRequest),
    (401, 'Wrong login/password', errors.Unauthorized),
    (403, "Login: Account is not Active. Please see https://index for a link", errors.Unauthorized),
    (404, 'No such container: c', errors.NotFound),
    (404, 'No such image: busybox (tag: latest)', errors.ImageNotFound),
    (404, 'No such image: busybox:latest', errors.ImageNotFound),
    (404, '', errors.NotFound),
    (406, 'Impossible to remove a running container', errors.Conflict),
    (409, 'Conflict, The name web is already assigned to 1234', errors.Conflict),
    (500, 'Error processing tar file(exit status 1): cannot overwrite directory /w/f with non-directory /w',
     errors.Conflict),
    (500, 'cannot overwrite non-directory /w/d with directory /w', errors.Conflict),
    (500, 'copier: put: error creating /w/d: mkdir /w/d: file exists', errors.Conflict),
    (500, 'cannot start container', errors.ServerError),
    (501, '', errors.ServerError),
    (503, '', errors.ServerError),
    (500, 'No such container: c', errors.NotFound),
    (500, 'No such image: busybox', errors.ImageNotFound),
    (500, 'c not found: layer not known', errors.NotFound),
    (500, 'reading the image: layer not known', errors.ServerError),
    (500, 'Conflict, The name is taken', errors.Conflict),
    (500, 'Impossible to remove a running container, please stop it first', errors.Conflict),
    (500, 'Wrong login/password, please try again', errors.Unauthorized),
    (500, 'there is no such luck', errors.ServerError),
    (418, 'teapot', APIError),
    (301, '', APIError),
])
@pytest.mark.parametrize('form', ['plain', 'json'])
def test_the_exception_for_a_response(status, text, kind, form):
    if form == 'plain':
        response = create_response(status, text + '\n')
    else:
        response = create_response(status, '{{"message": "{0}"}}\n'.format(text), 'application/json')
    error = error_for(response)
    if text or form == 'plain':
        assert type(error) is kind
        assert error.explanation == text
    assert error.response is response
    assert error.status_code == status
    assert error.is_client_error() is (400 <= status < 500)
    assert error.is_server_error() is (500 <= status < 600)
    assert str(status) in str(error) and 'Reason' in str(error) and text in str(error)


# What engines report of a registry's response: Docker 20.10 and 29, 17.3, 1.12, 1.6 and 0.6, and Podman.
REGISTRY = [
    (errors.ImageNotFound, 'manifest for localhost:5000/no/such:latest not found: manifest unknown: '
                           'manifest unknown'),
    (errors.ImageNotFound, "pull access denied for nosuch, repository does not exist or may require 'docker "
                           "login': denied: requested access to the resource is denied"),
    (errors.ImageNotFound, 'failed to resolve reference "localhost:5000/no/such:latest": '
                           'localhost:5000/no/such:latest: not found'),
    (errors.ImageNotFound, 'name unknown: repository name not known to registry'),
    (errors.ImageNotFound, 'manifest for busybox:nosuch not found'),
    (errors.ImageNotFound, 'repository docker.io/nosuch not found: does not exist or no pull access'),
    (errors.ImageNotFound, 'Error: image no/such:latest not found'),
    (errors.ImageNotFound, 'Tag v9 not found in repository localhost:5000/app'),
    (errors.ImageNotFound, 'Repository not found'),
    (errors.ImageNotFound, 'HTTP code: 404'),
    (errors.ImageNotFound, 'initializing source docker://localhost:5000/no/such:latest: reading manifest '
                           'latest in localhost:5000/no/such: manifest unknown: manifest unknown'),
    (errors.ImageNotFound, 'reading manifest v1 in localhost/unauthorized/app: manifest unknown'),
    (errors.ImageNotFound, 'An image does not exist locally with the tag: localhost:5000/no/such'),
    (errors.Unauthorized, 'failed to resolve reference "localhost:5000/app:latest": pull access denied, '
                          'repository does not exist or may require authorization: authorization failed: no '
                          'basic auth credentials'),
    (errors.Unauthorized, 'unexpected status from HEAD request to https://localhost/v2/: 401 Unauthorized'),
    (errors.Unauthorized, 'unauthorized: authentication required'),
    (errors.Unauthorized, 'errors:\ndenied: requested access to the resource is denied\nunauthorized: '
                          'authentication required'),
    (errors.Unauthorized, 'denied: requested access to the resource is denied'),
    (errors.Unauthorized, 'Error: Status 401 trying to push repository team/app: ""'),
    (errors.Unauthorized, 'Error: Status 403 trying to push repository team/app: ""'),
    (errors.Unauthorized, 'Please login first (HTTP code 401)'),
    (errors.Unauthorized, 'Authentication is required.'),
    (APIError, 'Error: Status 500 trying to push repository team/app: ""'),
    (APIError, 'open /x: no such file or directory'),
    (APIError, 'dial tcp 127.0.0.1:1: connection refused')]
IN_A_STREAM = {errors.ImageNotFound: errors.ImageMissing, errors.Unauthorized: errors.AccessDenied,
               APIError: errors.OperationFailed}


@pytest.mark.parametrize('kind, text', REGISTRY)
def test_the_exception_for_a_response_of_a_registry(kind, text):
    error = errors.OperationFailed.explained(text)
    assert type(error) is IN_A_STREAM[kind] and isinstance(error, (errors.OperationFailed, kind))
    assert error.explanation == text
    assert isinstance(error_for(create_response(500, text)), kind)
    if kind is errors.ImageNotFound:
        assert type(error_for(create_response(404, text))) is errors.ImageNotFound


@pytest.mark.parametrize('query, text, kind', [
    ('fromImage=busybox&tag=1', 'busybox:1: not found', errors.ImageNotFound),
    ('a=b&fromImage=busybox', 'busybox does not exist', errors.ImageNotFound),
    ('fromImage=busybox', '404 page not found', errors.NotFound), ('fromImage=busybox', '', errors.NotFound),
    ('fromSrc=http%3A//localhost/fromImage', 'not found', errors.NotFound)])
def test_what_is_missing_in_a_pull_is_an_image(query, text, kind):
    response = create_response(404, text)
    response.url = 'http+docker://localhost/v1.44/images/create?' + query
    assert type(error_for(response)) is kind


@pytest.mark.parametrize('body, explanation', [
    ('  spaces \r\n', 'spaces'),
    ('{"message": "of json"}', 'of json'),
    ('{"cause": "no such", "message": "no container c", "response": 404}', 'no container c'),
    ('{"error": "of podman"}', 'of podman'),
    ('{"something": "else"}', '{"something": "else"}'),
    ('{"message": null}', '{"message": null}'),
    ('{"message": ""}', '{"message": ""}'),
    ('{"message": {"a": 1}}', '{"message": {"a": 1}}'),
    ('{"message": ["a"], "error": 5, "cause": "c"}', 'c'),
    ('{"a":' * 20000, '{"a":' * 20000),
    ('{"message": ' * 20000 + '1' + '}' * 20000, '{"message": ' * 20000 + '1' + '}' * 20000),
    ('{not json', '{not json'),
    ('[1, 2]', '[1, 2]'),
    (b'\xff\xfe', u'��'),
    (u'Größe', u'Größe'),
    (u'{"message": "Größe €"}', u'Größe €'),
    ('', ''),
])
def test_explanations(body, explanation):
    explanation = six.ensure_str(explanation)
    for error in (error_for(create_response(500, body)), APIError('text', create_response(500, body))):
        assert error.explanation == explanation
        assert isinstance(error.explanation, str)
        assert isinstance(str(error), str)
        assert explanation in str(error)


@pytest.mark.parametrize('page', [
    b'<html><body>It works!</body></html>', b'\n <!DOCTYPE html>\n<html>...', b'<HTML>',
])
def test_a_web_page_is_not_shown(page):
    error = error_for(create_response(404, page, 'text/html'))
    assert 'HTML' in error.explanation and len(error.explanation) < 100


def test_a_response_that_cannot_be_read_is_still_an_error():
    class Broken(object):
        def stream(self, *args, **kwargs):
            raise errors.StreamBroken('it broke')

        def close(self):
            pass

        release_conn = close

    response = create_response(500)
    response._content = False
    response.raw = Broken()
    error = error_for(response)
    assert type(error) is errors.ServerError
    assert 'it broke' in error.explanation


class Double(object):
    """A stand-in for a response, as tests of scripts pass it."""

    def __init__(self, status_code, content):
        self.status_code = status_code
        self.content = content
        self.reason = 'Reason'


@pytest.mark.parametrize('content', [b'no such thing', u'no such thing'])
def test_an_error_is_created_as_in_older_versions(content):
    error = APIError('text', Double(404, content))
    assert error.response.status_code == 404
    assert error.explanation == 'no such thing'
    assert error.is_client_error() and not error.is_server_error()
    assert 'text' in str(error) and 'no such thing' in str(error)


@pytest.mark.parametrize('create, text, explanation', [
    (lambda: APIError('text'), 'text', 'text'),
    (lambda: APIError('text', None), 'text', 'text'),
    (lambda: APIError('text', create_response(500, '')), 'text', ''),
    (lambda: APIError('text', None, 'mine'), 'text ("mine")', 'mine'),
    (lambda: APIError('text', explanation=u'Größe'), u'text ("Größe")', u'Größe'),
    (lambda: APIError(u'Größe'), u'Größe', u'Größe'),
    (lambda: APIError(u'Größe', explanation=u'Größe'), u'Größe', u'Größe'),
    (lambda: APIError('shown already', explanation='already'), 'shown already', 'already'),
    (lambda: APIError('text', create_response(500, 'other'), explanation='mine'), 'text ("mine")', 'mine'),
])
def test_the_text_of_an_error(create, text, explanation):
    error = create()
    assert str(error) == six.ensure_str(text)
    assert error.explanation == six.ensure_str(explanation)


@pytest.mark.parametrize('kind', [getattr(errors, name) for name in errors.__all__ if name != 'error_for'])
@pytest.mark.parametrize('text', [u'Größe', u'Größe'.encode('utf-8'), 'plain'])
def test_an_error_as_text(kind, text):
    error = kind(six.ensure_str(text))
    assert u'%s' % error == u'{0}'.format(error) == six.text_type(error) == six.ensure_text(text)
    assert isinstance(repr(error), str) and kind.__name__ in repr(error)


def test_an_explained_error_as_text():
    assert u'%s' % APIError('text', explanation=u'Größe') == u'text ("Größe")'
    assert six.text_type(errors.DockerException(u'Größe')) == u'Größe'
    assert six.text_type(errors.DockerException()) == u''


def test_an_error_without_a_response():
    error = APIError('text')
    assert error.response is None and error.status_code is None
    assert not error.is_client_error() and not error.is_server_error()


@pytest.mark.parametrize('again', [
    lambda error: pickle.loads(pickle.dumps(error)),
    lambda error: pickle.loads(pickle.dumps(error, 2)),
    copy.copy, copy.deepcopy,
], ids=['pickle', 'pickle 2', 'copy', 'deepcopy'])
@pytest.mark.parametrize('error', [
    error_for(create_response(404, 'No such image: x')),
    APIError('text', explanation='mine'),
    errors.OperationFailed('text', create_response(200), 'mine'),
    errors.EngineUnreachable('gone'),
    errors.ReadTimedOut('late'),
    errors.StreamBroken('cut'),
], ids=lambda error: type(error).__name__)
def test_errors_are_pickled_and_copied(error, again):
    copied = again(error)
    assert type(copied) is type(error)
    assert str(copied) == str(error)
    assert copied.args == error.args
    assert getattr(copied, 'explanation', None) == getattr(error, 'explanation', None)
    statuses = [getattr(one.response, 'status_code', None) for one in (copied, error)]
    assert statuses[0] == statuses[1]


def test_an_error_has_the_request_of_its_response():
    response = create_response(500, 'no')
    response.request = requests.Request('GET', response.url.replace('http+docker', 'http')).prepare()
    assert error_for(response).request is response.request


@pytest.mark.parametrize('text', ['[' * 100000, 'a/b:' * 25000, 'unauthorize ' * 9000])
def test_a_long_message_is_searched_at_once(text):
    # A search that is not linear would take hours.
    error = errors.OperationFailed.explained(text + ' manifest unknown')
    assert isinstance(error, errors.ImageNotFound)


# str() is one line, and names the request

def request_of(method='GET', url='http+docker://localhost/v1.6/containers/web/json?all=1&auth=a-secret'):
    prepared = requests.PreparedRequest()
    prepared.method, prepared.url = method, url
    return prepared


def with_request(response, *arguments):
    response.request = request_of(*arguments)
    return response


@pytest.mark.parametrize('method, url, call', [
    ('GET', 'http+docker://localhost/v1.6/containers/json?all=1', 'GET /containers/json'),
    ('DELETE', 'http://me:a-secret@engine:2375/v1.41/images/a%20b', 'DELETE /images/a%20b'),
    ('GET', 'http://engine/proxy/v1.41/info#x', 'GET /info'), ('GET', 'http://localhost/x?y', 'GET /x'),
    ('GET', 'http://localhost', 'GET /'), ('GET', u'http://localhost/v1.6/info', 'GET /info')])
def test_a_request_is_named_without_its_version_and_query(method, url, call):
    assert errors.call_of(request_of(method, url)) == call
    assert isinstance(errors.call_of(request_of(method, url)), str)


def test_what_is_no_request_has_no_name():
    for request in (None, 5, requests.PreparedRequest(), request_of(url='nonsense'), request_of(method=None)):
        assert errors.call_of(request) is None


def test_an_error_of_an_engine_names_its_request():
    body = b'{"message": "No such container: web"}'
    error = error_for(with_request(create_response(404, body, reason='Not Found')))
    wanted = '404 Client Error: Not Found for GET /containers/web/json ("No such container: web")'
    assert str(error) == wanted and 'secret' not in repr(error)
    for copied in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert str(copied) == wanted
    assert error.args == ('404 Client Error: Not Found',)


def test_lines_of_an_engine_become_one():
    response = create_response(500, b'failed:\n\n  line 1\r\nline 2\n', reason='Bad')
    error = error_for(with_request(response, 'POST'))
    assert str(error) == '500 Server Error: Bad for POST /containers/web/json ("failed: line 1 line 2")'
    assert error.explanation == 'failed:\n\n  line 1\r\nline 2'


def test_an_error_in_a_stream_names_its_request():
    error = errors.OperationFailed.explained('no space left\non device')
    assert str(error) == 'The engine reported an error ("no space left on device")'
    error.response = with_request(create_response(200), 'POST')
    assert str(error) == (
        'The engine reported an error for POST /containers/web/json ("no space left on device")')


@pytest.mark.parametrize('kind', [
    errors.EngineUnreachable, errors.ReadTimedOut, errors.StreamBroken, errors.NotAnEngine, errors.TLSFailed,
    errors.ConnectTimedOut, errors.NotSupported])
def test_errors_of_a_connection_name_their_request(kind):
    assert str(kind('It failed.')) == 'It failed.'
    error = kind('It failed:\nbadly.', request=request_of())
    assert str(error) == 'It failed: badly. (GET /containers/web/json)'
    assert six.text_type(error) == u'It failed: badly. (GET /containers/web/json)'
    text = 'GET /containers/web/json failed.'
    assert str(kind(text, request=request_of())) == text
    assert str(kind(u'caf\xe9')) == six.ensure_str(u'caf\xe9')
