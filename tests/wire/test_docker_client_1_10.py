"""The calls of docker-py 1.10.6: each takes the arguments of that release, by name and by position.

CALLS are facts about that release. What differs on purpose is in the tables below it.
"""

import inspect
import io

import pytest

import docker
from docker import constants, errors
from tests.server import http
from tests.wire import negotiated
from tests.wire.test_signature import arguments_of, parse

CALLS = '''
build(path=None, tag=None, quiet=False, fileobj=None, nocache=False, rm=False, stream=False, timeout=None,\
 custom_context=False, encoding=None, pull=False, forcerm=False, dockerfile=None, container_limits=None,\
 decode=False, buildargs=None, gzip=False)
attach(container, stdout=True, stderr=True, stream=False, logs=False)
attach_socket(container, params=None, ws=False)
commit(container, repository=None, tag=None, message=None, author=None, changes=None, conf=None)
containers(quiet=False, all=False, trunc=False, latest=False, since=None, before=None, limit=-1, size=False,\
 filters=None)
copy(container, resource)
create_container(image, command=None, hostname=None, user=None, detach=False, stdin_open=False, tty=False,\
 mem_limit=None, ports=None, environment=None, dns=None, volumes=None, volumes_from=None,\
 network_disabled=False, name=None, entrypoint=None, cpu_shares=None, working_dir=None, domainname=None,\
 memswap_limit=None, cpuset=None, host_config=None, mac_address=None, labels=None, volume_driver=None,\
 stop_signal=None, networking_config=None)
create_container_from_config(config, name=None)
diff(container)
export(container)
get_archive(container, path)
inspect_container(container)
kill(container, signal=None)
logs(container, stdout=True, stderr=True, stream=False, timestamps=False, tail='all', since=None, follow=None)
pause(container)
port(container, private_port)
put_archive(container, path, data)
remove_container(container, v=False, link=False, force=False)
rename(container, name)
resize(container, height, width)
restart(container, timeout=10)
start(container, binds=None, port_bindings=None, lxc_conf=None, publish_all_ports=None, links=None,\
 privileged=None, dns=None, dns_search=None, volumes_from=None, network_mode=None, restart_policy=None,\
 cap_add=None, cap_drop=None, devices=None, extra_hosts=None, read_only=None, pid_mode=None, ipc_mode=None,\
 security_opt=None, ulimits=None)
stats(container, decode=None, stream=True)
stop(container, timeout=10)
top(container, ps_args=None)
unpause(container)
update_container(container, blkio_weight=None, cpu_period=None, cpu_quota=None, cpu_shares=None,\
 cpuset_cpus=None, cpuset_mems=None, mem_limit=None, mem_reservation=None, memswap_limit=None,\
 kernel_memory=None)
wait(container, timeout=None)
events(since=None, until=None, filters=None, decode=None)
info()
login(username, password=None, email=None, registry=None, reauth=False, insecure_registry=False,\
 dockercfg_path=None)
ping()
version(api_version=True)
exec_create(container, cmd, stdout=True, stderr=True, stdin=False, tty=False, privileged=False, user='')
exec_inspect(exec_id)
exec_resize(exec_id, height=None, width=None)
exec_start(exec_id, detach=False, tty=False, stream=False, socket=False)
get_image(image)
history(image)
images(name=None, quiet=False, all=False, viz=False, filters=None)
import_image(src=None, repository=None, tag=None, image=None, changes=None, stream_src=False)
import_image_from_data(data, repository=None, tag=None, changes=None)
import_image_from_file(filename, repository=None, tag=None, changes=None)
import_image_from_stream(stream, repository=None, tag=None, changes=None)
import_image_from_url(url, repository=None, tag=None, changes=None)
import_image_from_image(image, repository=None, tag=None, changes=None)
insert(image, url, path)
inspect_image(image)
load_image(data)
pull(repository, tag=None, stream=False, insecure_registry=False, auth_config=None, decode=False)
push(repository, tag=None, stream=False, insecure_registry=False, auth_config=None, decode=False)
remove_image(image, force=False, noprune=False)
search(term)
tag(image, repository, tag=None, force=False)
networks(names=None, ids=None)
create_network(name, driver=None, options=None, ipam=None, check_duplicate=None, internal=False, labels=None,\
 enable_ipv6=False)
remove_network(net_id)
inspect_network(net_id)
connect_container_to_network(container, net_id, ipv4_address=None, ipv6_address=None, aliases=None,\
 links=None, link_local_ips=None)
disconnect_container_from_network(container, net_id, force=False)
create_service(task_template, name=None, labels=None, mode=None, update_config=None, networks=None,\
 endpoint_config=None)
inspect_service(service)
inspect_task(task)
remove_service(service)
services(filters=None)
tasks(filters=None)
update_service(service, version, task_template=None, name=None, labels=None, mode=None, update_config=None,\
 networks=None, endpoint_config=None)
init_swarm(advertise_addr=None, listen_addr='0.0.0.0:2377', force_new_cluster=False, swarm_spec=None)
inspect_swarm()
inspect_node(node_id)
join_swarm(remote_addrs, join_token, listen_addr=None, advertise_addr=None)
leave_swarm(force=False)
nodes(filters=None)
update_swarm(version, swarm_spec=None, rotate_worker_token=False, rotate_manager_token=False)
volumes(filters=None)
create_volume(name, driver=None, driver_opts=None, labels=None)
inspect_volume(name)
remove_volume(name)
'''.strip().splitlines()

# Calls with an argument between those of 1.10.6. Their order is that of 0.2.3 or of the first releases of
# this package, and both orders work by the types: see the tests below, and test_positions.py.
OTHER_ORDER = {'build': ['auth_config'], 'import_image': ['data'],
               'inspect_image': ['image_id', 'manifests', 'platform']}
# Other defaults, which are those of 0.2.3 or mean the same.
OTHER_DEFAULTS = {
    ('containers', 'trunc'): True, ('create_container', 'mem_limit'): 0, ('events', 'decode'): False,
    ('start', 'publish_all_ports'): False, ('start', 'privileged'): False}

# The end of an empty archive.
TAR = b'\0' * 1024
SPEC = {'ContainerSpec': {'Image': 'busybox'}}
# What is required, by the names of arguments.
REQUIRED = {
    'container': 'web', 'resource': '/etc', 'image': 'busybox', 'config': {'Image': 'busybox'},
    'path': '/etc', 'private_port': 80, 'data': TAR, 'name': 'other', 'height': 24, 'width': 80,
    'username': 'bob', 'cmd': 'ls', 'exec_id': 'e', 'filename': __file__, 'repository': 'mine',
    'url': 'http://example.com/a.tar', 'term': 'busybox', 'net_id': 'front', 'task_template': SPEC,
    'service': 'web', 'version': 7, 'task': 't', 'node_id': 'n', 'stream': TAR, 'join_token': 'token',
    'remote_addrs': ['10.0.0.1:2377']}
# Arguments that a call needs, although they have a default.
ONE_OF = {'exec_resize': {'height': 24, 'width': 80}, 'build': {'path': 'http://example.com/a.git'},
          'import_image': {'src': 'http://example.com/a.tar'}}


@pytest.fixture
def late(server):
    """A Client of an engine of 2016 that refuses what it gets. `insert` was removed before."""
    def connect(name):
        newest = '1.11' if name == 'insert' else '1.24'
        client = docker.Client(server.url, version='1.11' if name == 'insert' else '1.24', timeout=10)
        clients.append(negotiated(client, server, newest))
        return client

    clients = []
    yield connect
    for client in clients:
        client.close()


def ids(signature):
    return signature.partition('(')[0]


@pytest.mark.parametrize('signature', CALLS, ids=ids)
def test_names_order_and_defaults(signature):
    name, (names, defaults, _) = parse(signature)
    now, now_defaults, _ = arguments_of(getattr(docker.Client, name))
    assert set(names) <= set(now)
    between = OTHER_ORDER.get(name, [])
    in_order = [argument for argument in now if argument not in between]
    assert in_order[:len(names)] == names
    for argument, default in defaults.items():
        expected = OTHER_DEFAULTS.get((name, argument), default)
        assert now_defaults[argument] == expected and type(now_defaults[argument]) is type(expected)


def test_the_tables_of_differences_are_not_stale():
    of_1_10 = dict(parse(signature) for signature in CALLS)
    for name, between in OTHER_ORDER.items():
        assert not set(between) & set(of_1_10[name][0])
    for (name, argument), default in OTHER_DEFAULTS.items():
        assert of_1_10[name][1][argument] != default or of_1_10[name][1][argument] is not default


def first_request(client, server, call, *args, **kwargs):
    """Return what a call sends first; the engine refuses it."""
    before = len(server.requests)
    server.respond(*[http(500, b'no')] * 3)
    try:
        result = call(*args, **kwargs)
        if hasattr(result, '__next__') or hasattr(result, 'next'):
            next(result)
    except (errors.APIError, errors.NotAnEngine):
        pass
    request = server.requests[before]
    return request.method, request.path, request.query, request.body


def required(name, names, defaults):
    values = [(argument, REQUIRED[argument]) for argument in names if argument not in defaults]
    return dict(values, **ONE_OF.get(name, {}))


@pytest.mark.parametrize('signature', CALLS, ids=ids)
def test_all_arguments_by_name_and_by_position(late, server, signature):
    name, (names, defaults, _) = parse(signature)
    client = late(name)
    call = getattr(client, name)
    given = required(name, names, defaults)
    expected = first_request(client, server, call, **given)
    own = {argument: default for (other, argument), default in OTHER_DEFAULTS.items() if other == name}
    everything = dict(dict(defaults, **own), **given)
    assert first_request(client, server, call, **everything) == expected
    assert first_request(client, server, call, *[everything[argument] for argument in names]) == expected


BUILD = ['fileobj', 'custom_context', 'encoding', 'pull', 'forcerm', 'dockerfile', 'container_limits',
         'decode', 'buildargs', 'gzip']


@pytest.mark.parametrize('values', [
    (True,), (True, 'gzip'), (True, None), (True, 'gzip', True), (True, 'gzip', False, True),
    (True, None, True, True, 'a/Dockerfile'), (True, None, False, False, 'a/Dockerfile', {'memory': 1000000}),
    (True, None, False, False, None, None, True), (True, None, False, False, None, None, True, {'a': 'b'}),
    (True, None, False, False, None, None, True, None, True)])
def test_a_build_by_position(late, server, values):
    client = late('build')
    names = BUILD[1:len(values) + 1]
    expected = first_request(client, server, client.build, fileobj=io.BytesIO(TAR),
                             **dict(zip(names, values)))
    positions = (None, 'a', False, io.BytesIO(TAR), False, True, False, None) + values
    got = first_request(client, server, client.build, *positions)
    assert got[2].pop('t') == 'a' and got[2].pop('rm') == '1' and expected[2].pop('rm') == '0'
    if values[-1] is True and len(values) == 9:
        # gzip has the time in it.
        got, expected = got[:3], expected[:3]
    assert got == expected


@pytest.mark.parametrize('positions, names', [
    ((True,), {'encoding': 'gzip'}), ((True,), {'dockerfile': 'a', 'forcerm': True}),
    ((True, 'gzip'), {'pull': True, 'decode': True}), ((True, None), {'buildargs': {'a': 'b'}}),
    ((True, None, True), {'gzip': True})])
def test_a_build_by_position_and_name(late, server, positions, names):
    client = late('build')
    given = dict(names, **dict(zip(BUILD[1:], positions)))
    expected = first_request(client, server, client.build, fileobj=io.BytesIO(TAR), **given)
    got = first_request(client, server, client.build, None, None, False, io.BytesIO(TAR), False, False, False,
                        None, *positions, **names)
    assert got[:3] == expected[:3]


@pytest.mark.parametrize('changes', [['CMD true'], 'CMD true'])
def test_an_import_by_position(late, server, changes):
    client = late('import_image')
    url = 'http://example.com/a.tar'
    expected = first_request(client, server, client.import_image, src=url, repository='mine', tag='v1',
                             changes=changes)
    assert expected[2]['changes'] == 'CMD true'
    for positions in ((url, 'mine', 'v1', None, changes), (url, 'mine', 'v1', None, changes, True)):
        assert first_request(client, server, client.import_image, *positions) == expected


def test_an_image_by_its_name(late, server):
    client = late('inspect_image')
    expected = first_request(client, server, client.inspect_image, 'busybox')
    assert first_request(client, server, client.inspect_image, image='busybox') == expected


@pytest.mark.parametrize('arguments', [
    (), (None,), ('', None, constants.DEFAULT_TIMEOUT_SECONDS, False, constants.DEFAULT_USER_AGENT,
                  constants.DEFAULT_NUM_POOLS)])
def test_the_client_by_position(arguments):
    client = docker.Client(*arguments)
    assert repr(client) == '<docker.Client unix:///var/run/docker.sock version 1.6>'
    client.close()


@pytest.mark.parametrize('name', [
    'create_container_config', 'create_host_config', 'create_networking_config', 'create_endpoint_config',
    'create_swarm_spec'])
def test_a_function_that_takes_what_another_takes(name):
    assert arguments_of(getattr(docker.Client, name))[2] == ('args', 'kwargs')


HOST_CONFIG = '''
binds port_bindings lxc_conf publish_all_ports links privileged dns dns_search volumes_from network_mode
restart_policy cap_add cap_drop devices extra_hosts read_only pid_mode ipc_mode security_opt ulimits
log_config mem_limit memswap_limit mem_reservation kernel_memory mem_swappiness cgroup_parent group_add
cpu_quota cpu_period blkio_weight blkio_weight_device device_read_bps device_write_bps device_read_iops
device_write_iops oom_kill_disable shm_size sysctls version tmpfs oom_score_adj dns_opt cpu_shares cpuset_cpus
userns_mode pids_limit'''.split()


def test_a_host_config():
    names = inspect.getargspec if not hasattr(inspect, 'getfullargspec') else inspect.getfullargspec
    assert names(docker.utils.create_host_config).args[:len(HOST_CONFIG)] == HOST_CONFIG
    client = docker.Client()
    nothing = dict.fromkeys(HOST_CONFIG)
    assert client.create_host_config(**nothing) == docker.utils.create_host_config(version='1.22')
    assert client.create_host_config(**dict(nothing, mem_limit='1m'))['Memory'] == 1048576
    client.close()
