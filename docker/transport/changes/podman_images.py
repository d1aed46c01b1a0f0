"""Podman, where it differs from the Docker whose version it speaks: builds, lists and events."""

import json
import re
import time

from docker.errors import Conflict, NotSupported, error_for
from docker.transport.call import is_for_buildkit
from docker.transport.changes.change import PODMAN, error, exchange, refusal, request
from docker.transport.response import HIDDEN, succeeded, with_json_items

# Compiled on first use, to keep the import fast.
_UNIX_TIME = r'\d+(\.\d+)?\Z'
_BARE_ID = r'/images/([0-9a-f]{64})(/json|/history)?\Z'
# What Podman calls an event by itself.
_OWN_EVENTS = {'die': 'died', 'destroy': 'remove', 'delete': 'remove'}


@request(PODMAN, 'GET', '/images/json')
def list_always_has_digests(call):
    """The list of images refuses `digests`, and has them always."""
    call.query.pop('digests', None)


@request(PODMAN, 'GET', '/images/{}/json')
@request(PODMAN, 'GET', '/images/{}/history')
@request(PODMAN, 'DELETE', '/images/{}')
def id_with_its_algorithm(call):
    """The complete id of an image that does not exist is missing only with its prefix sha256:, and otherwise
    a name that is refused: it is sent with it."""
    match = re.match(_BARE_ID, call.path)
    if match:
        call.path = '/images/sha256:{0}{1}'.format(match.group(1), match.group(2) or '')


@error(PODMAN, 'POST', '/containers/create')
def name_that_is_in_use(response, call):
    """A name that is in use is the status 500, in place of 409."""
    if response.status_code == 500 and isinstance(error_for(response), Conflict):
        response.status_code, response.reason = 409, 'Conflict'
    return response


@request(PODMAN, 'POST', '/build')
def build_options_in_json(call):
    """A build takes `extrahosts` as a JSON list, in place of a parameter for each, and `ulimits` as a JSON
    list of text such as nofile=64:128."""
    query = call.query
    hosts = query.get('extrahosts')
    if hosts:
        query['extrahosts'] = json.dumps(hosts if isinstance(hosts, list) else [hosts])
    if query.get('ulimits'):
        query['ulimits'] = json.dumps([_ulimit_in_text(**limit) for limit in json.loads(query['ulimits'])])


@request(PODMAN, 'POST', '/build')
def containers_of_a_build_are_removed(call):
    """The containers that a build without `rm` leaves are in no list, and keep its image from being removed:
    a build always removes them."""
    call.query['rm'] = '1'


def _ulimit_in_text(Name, Soft=None, Hard=None):
    soft = Hard if Soft is None else Soft
    return u'{0}={1}:{2}'.format(Name, soft, soft if Hard is None else Hard)


@refusal(PODMAN, 'POST', '/build/prune')
@refusal(PODMAN, 'POST', '/build/cancel')
@refusal(PODMAN, 'GET', '/distribution/{}/json')
def no_such_endpoint(call):
    """The endpoints of BuildKit, and that of an image in its registry, are missing."""
    raise NotSupported('{0} {1} is not supported by this engine: Podman has no such endpoint.'.format(
        call.method, call.path))


@refusal(PODMAN, 'POST', '/session')
@refusal(PODMAN, 'POST', '/build')
def no_buildkit(call):
    """There is no BuildKit: a build is Buildah's."""
    if call.path != '/build' or is_for_buildkit(call):
        raise NotSupported('BuildKit is not supported by this engine: Podman builds with Buildah. Leave '
                           'buildkit out, and DOCKER_BUILDKIT unset.')


@request(PODMAN, 'GET', '/events')
def events_by_names_of_podman(call):
    """The filter `event` of GET /events takes died for die, and remove for destroy and delete."""
    filters = json.loads(call.query.get('filters') or '{}')
    names = filters.get('event') or []
    own = [_OWN_EVENTS[name] for name in names if name in _OWN_EVENTS]
    if own:
        call.query['filters'] = json.dumps(dict(filters, event=names + own), sort_keys=True)


@exchange(PODMAN, 'GET', '/events')
def events_that_are_past(call, send):
    """GET /events with an `until` that is past ends before it has sent what is older: the client requests all
    that is stored, and leaves out what is later."""
    limit = _past_time(call.query.get('until') or '')
    if limit is None:
        return send(call)
    del call.query['until']
    call.query['stream'] = 'false'
    response = send(call)
    if not succeeded(response):
        return response
    return with_json_items(
        response, lambda event: HIDDEN if (event.get('timeNano') or 0) > limit * 1e9 else False)


def _past_time(until):
    """Return a Unix time that is past as a float; None for another text."""
    return float(until) if re.match(_UNIX_TIME, until) and float(until) <= time.time() else None
