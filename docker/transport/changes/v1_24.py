"""Remote API 1.24 (Docker 1.12, July 2016).

Most of it is about `start`, which takes no host config since: see recreate.py. The id of a
container that was created anew goes on working wherever it is said, and is told wherever the new
one would be.
"""

from docker.transport.changes import recreate
from docker.transport.changes.change import answer, exchange, request
from docker.transport.message import retold, retold_items, succeeded, value_of


@exchange((1, 24), '*', '/containers/{}')
def id_of_a_container_created_anew(call, send):
    """A container that `start` created anew has another id: in the path of each call."""
    recreate.clean_up(call.recreated, send)
    again = call.copy()
    name = with_id_of_now(call)
    answer = send(call)
    # Another thread may have created it anew since.
    if answer.status_code == 404 and with_id_of_now(again) != name:
        answer.close()
        answer = send(again)
    return answer


def with_id_of_now(call):
    """Put the id that a container has now in the path of a call; the id itself."""
    parts = call.path.split('/')
    parts[2] = call.recreated.now(parts[2])
    call.path = '/'.join(parts)
    return parts[2]


@request((1, 24), 'POST', '/commit')
def id_in_commit(call):
    """A container that `start` created anew has another id: in POST /commit."""
    call.query['container'] = call.recreated.now(call.query['container'])


@request((1, 24), 'POST', '/containers/create')
def ids_in_create(call):
    """A container that `start` created anew has another id: in Links and VolumesFrom."""
    config = call.json
    with_ids_of_now(config.get('HostConfig') or {}, call.recreated)
    call.json = config


@request((1, 24), 'GET', '/containers/json')
def ids_in_since_and_before(call):
    """A container that `start` created anew has another id: in since and before."""
    for key in ('since', 'before'):
        if key in call.query:
            call.query[key] = call.recreated.now(call.query[key])


@answer((1, 24), 'GET', '/containers/json', always=True)
def ids_in_the_list(answer, call):
    """A container that `start` created anew has another id: in the list."""
    if not call.recreated:
        return answer
    listed = value_of(answer)
    for container in listed:
        container['Id'] = call.recreated.held(container['Id'])
    return retold(answer, listed)


@answer((1, 24), 'GET', '/containers/{}/json', always=True)
def id_in_inspect(answer, call):
    """A container that `start` created anew has another id: in what inspect tells."""
    if not call.recreated:
        return answer
    about = value_of(answer)
    about['Id'] = call.recreated.held(about['Id'])
    return retold(answer, about)


@answer((1, 24), 'GET', '/events', always=True)
def ids_in_events(answer, call):
    """A container that `start` created anew has another id: in events."""
    def tell(event):
        actor = event.get('Actor') or {}
        new = event.get('id', actor.get('ID'))
        old = call.recreated.held(new)
        for about, key in ((event, 'id'), (actor, 'ID')):
            if about.get(key) == new:
                about[key] = old
        return old != new
    return retold_items(answer, tell, unconcerned=lambda text: not call.recreated)


@exchange((1, 24), 'DELETE', '/containers/{}')
def forget_a_container_created_anew(call, send):
    """A container that `start` created anew is forgotten when it is removed."""
    removed = call.path.rpartition('/')[2]
    if call.recreated and call.recreated.held(removed) == removed:
        about = send(call.to('GET', call.path + '/json'))
        removed = value_of(about)['Id'] if succeeded(about) else removed
    answer = send(call)
    if succeeded(answer):
        call.recreated.forget(removed)
    return answer


@exchange((1, 24), 'POST', '/containers/{}/start')
def start_takes_no_host_config(call, send):
    """POST /containers/{id}/start takes no body: a container that never ran is created anew with
    the host config, and one that has run must have it already."""
    host = call.json
    with_ids_of_now(host, call.recreated)
    call.json = None
    return recreate.start(call, host, send)


@request((1, 24), 'POST', '/images/{}/tag')
def tag_takes_no_force(call):
    """POST /images/{name}/tag has no force: it overwrites."""
    call.query.pop('force', None)


def with_ids_of_now(host, recreated):
    """Put the ids that containers have now in a HostConfig's Links, VolumesFrom and modes."""
    for key in ('Links', 'VolumesFrom'):
        if host.get(key):
            host[key] = [':'.join([recreated.now(item.partition(':')[0])] + item.split(':')[1:])
                         for item in host[key]]
    for key in ('NetworkMode', 'IpcMode', 'PidMode'):
        kind, _, name = (host.get(key) or '').partition(':')
        if kind == 'container':
            host[key] = 'container:' + recreated.now(name)
