"""The signatures of the calls: those of docker-py 0.2.3, with the added parameters after them.

Some have the order of docker-py 1.10.6, and take the other by type: see test_positions.py.
"""

import inspect

import pytest

import requests

import docker

CALLS = '''
attach(container, stdout=True, stderr=True, stream=False, logs=False)
attach_socket(container, params=None)
build(path=None, tag=None, quiet=False, fileobj=None, nocache=False, rm=False, stream=False)
commit(container, repository=None, tag=None, message=None, author=None, changes=None, conf=None)
cancel_build(build_id)
containers(quiet=False, all=False, trunc=True, latest=False, since=None, before=None, limit=-1)
copy(container, resource)
create_container(image, command=None, hostname=None, user=None, detach=False, stdin_open=False,\
 tty=False, mem_limit=0, ports=None, environment=None, dns=None, volumes=None, volumes_from=None,\
 network_disabled=False, name=None, entrypoint=None, cpu_shares=None, working_dir=None)
create_container_from_config(config, name=None)
df(type=None, verbose=True)
diff(container)
events(since=None, until=None, filters=None)
export(container)
get_archive(container, path, chunk_size=None)
get_image(image, platform=None, chunk_size=None)
history(image)
image_attestations(image, platform=None, type=None, statement=False)
images(name=None, quiet=False, all=False, viz=False)
import_image(src=None, data=None, repository=None, tag=None)
import_image_from_data(data, repository=None, tag=None, changes=None)
import_image_from_file(filename, repository=None, tag=None, changes=None)
import_image_from_image(image, repository=None, tag=None, changes=None)
import_image_from_stream(stream, repository=None, tag=None, changes=None)
import_image_from_url(url, repository=None, tag=None, changes=None)
info()
insert(image, url, path)
inspect_container(container)
inspect_distribution(image, auth_config=None)
inspect_image(image_id=None)
kill(container, signal=None)
load_image(data, quiet=None, platform=None, stream=False)
login(username, password=None, email=None, registry=None)
logs(container, stdout=True, stderr=True, stream=False)
ping()
port(container, private_port)
prune_builds(filters=None, keep_storage=None, all=False, reserved_space=None, max_used_space=None,\
 min_free_space=None)
prune_containers(filters=None)
prune_images(filters=None)
prune_networks(filters=None)
prune_volumes(filters=None)
pull(repository, tag=None, stream=False, insecure_registry=False, auth_config=None, decode=False)
push(repository, tag=None, stream=False, insecure_registry=False, auth_config=None, decode=False)
put_archive(container, path, data, no_overwrite_dir_non_dir=False, copy_uid_gid=False)
remove_container(container, v=False, link=False)
remove_image(image)
resize(container, height, width)
restart(container, timeout=10)
save(images, platform=None, chunk_size=None)
search(term)
start(container, binds=None, port_bindings=None, lxc_conf=None, publish_all_ports=False,\
 links=None, privileged=False)
stat_archive(container, path)
stop(container, timeout=10)
tag(image, repository, tag=None, force=False)
top(container)
version()
wait(container)
create_swarm_spec(*args, **kwargs)
init_swarm(advertise_addr=None, listen_addr='0.0.0.0:2377', force_new_cluster=False, swarm_spec=None)
inspect_swarm()
join_swarm(remote_addrs, join_token, listen_addr=None, advertise_addr=None)
leave_swarm(force=False)
update_swarm(version, swarm_spec=None, rotate_worker_token=False, rotate_manager_token=False)
get_unlock_key()
unlock_swarm(key)
nodes(filters=None)
inspect_node(node_id)
update_node(node_id, version, node_spec=None)
remove_node(node_id, force=False)
services(filters=None)
create_service(task_template, name=None, labels=None, mode=None, update_config=None, networks=None,\
 endpoint_config=None)
inspect_service(service)
update_service(service, version=None, task_template=None, name=None, labels=None, mode=None,\
 update_config=None, networks=None, endpoint_config=None)
remove_service(service)
service_logs(service, stdout=True, stderr=True, stream=False, timestamps=False, tail='all', since=None,\
 follow=None, details=False, is_tty=None)
tasks(filters=None)
inspect_task(task)
task_logs(task, stdout=True, stderr=True, stream=False, timestamps=False, tail='all', since=None,\
 follow=None, details=False, is_tty=None)
secrets(filters=None)
create_secret(name, data=None, labels=None, driver=None, templating=None)
inspect_secret(secret)
update_secret(secret, version=None, labels=None)
remove_secret(secret)
configs(filters=None)
create_config(name, data, labels=None, templating=None)
inspect_config(config)
update_config(config, version=None, labels=None)
remove_config(config)
networks(names=None, ids=None)
create_network(name, driver=None, options=None, ipam=None, check_duplicate=None, internal=False, labels=None,\
 enable_ipv6=False)
remove_network(net_id)
inspect_network(net_id)
connect_container_to_network(container, net_id, ipv4_address=None, ipv6_address=None, aliases=None,\
 links=None, link_local_ips=None)
disconnect_container_from_network(container, net_id, force=False)
volumes(filters=None)
create_volume(name=None, driver=None, driver_opts=None, labels=None)
inspect_volume(name)
update_volume(name, version, spec=None)
remove_volume(name)
'''.strip().splitlines()

# The calls of later releases, with the parameters that came after them.
CALLS += '''
exec_create(container, cmd, stdout=True, stderr=True, stdin=False, tty=False, privileged=False, user='',\
 environment=None, workdir=None, detach_keys=None)
exec_inspect(exec_id)
exec_resize(exec_id, height=None, width=None)
exec_start(exec_id, detach=False, tty=False, stream=False, socket=False, demux=False)
execute(container, cmd, detach=False, stdout=True, stderr=True, stream=False, tty=False)
stats(container, decode=None, stream=True, one_shot=False)
pause(container)
unpause(container)
rename(container, name)
update_container(container, blkio_weight=None, cpu_period=None, cpu_quota=None, cpu_shares=None,\
 cpuset_cpus=None, cpuset_mems=None, mem_limit=None, mem_reservation=None, memswap_limit=None,\
 kernel_memory=None)
'''.strip().splitlines()

# The calls that came after v1.6.
CALLS += '''
configure_plugin(name, options)
create_plugin(name, plugin_data_dir)
disable_plugin(name, force=False)
enable_plugin(name, timeout=0)
inspect_plugin(name)
plugin_privileges(name, auth_config=None)
plugins(filters=None)
pull_plugin(remote, privileges, name=None, stream=False, auth_config=None, decode=False)
push_plugin(name, stream=False, auth_config=None, decode=False)
remove_plugin(name, force=False)
upgrade_plugin(name, remote, privileges, stream=False, auth_config=None, decode=False)
copy_from_container(container, path, target)
copy_to_container(container, source, path)
exec_run(container, cmd, stdout=True, stderr=True, tty=False, privileged=False, user='', environment=None,\
 workdir=None, demux=False, input=None)
run(image, command=None, stdout=True, stderr=False, demux=False, remove=True, timeout=None, input=None,\
 **settings)
'''.strip().splitlines()

# Parameters that were added, which users of later clients expect.
ADDED = {
    'build': ['timeout', 'auth_config', 'custom_context', 'encoding', 'pull', 'forcerm', 'dockerfile',
              'container_limits', 'decode', 'buildargs', 'gzip', 'labels', 'target', 'network_mode',
              'cache_from', 'extra_hosts', 'platform', 'squash', 'shmsize', 'isolation', 'ulimits',
              'cgroup_parent', 'outputs', 'buildkit', 'secrets', 'ssh'],
    'commit': ['pause'],
    'attach': ['demux'],
    'attach_socket': ['ws'],
    'logs': ['timestamps', 'tail', 'since', 'follow', 'until', 'details', 'demux'],
    'create_service': ['endpoint_spec', 'rollback_config', 'auth_config'],
    'init_swarm': ['default_addr_pool', 'subnet_size', 'data_path_addr', 'data_path_port', 'availability'],
    'inspect_service': ['insert_defaults'],
    'join_swarm': ['data_path_addr', 'availability'],
    'services': ['status'],
    'update_service': ['endpoint_spec', 'rollback_config', 'auth_config', 'fetch_current_spec', 'rollback',
                       'registry_auth_from'],
    'update_swarm': ['rotate_manager_unlock_key'],
    'containers': ['size', 'filters'],
    'create_container': [
        'domainname', 'memswap_limit', 'cpuset', 'host_config', 'mac_address', 'labels', 'volume_driver',
        'stop_signal', 'networking_config', 'healthcheck', 'stop_timeout', 'shell', 'onbuild', 'platform'],
    'inspect_container': ['size'],
    'remove_container': ['force'],
    'restart': ['signal'],
    'start': [
        'dns', 'dns_search', 'volumes_from', 'network_mode', 'restart_policy', 'cap_add', 'cap_drop',
        'devices', 'extra_hosts', 'read_only', 'pid_mode', 'ipc_mode', 'security_opt', 'ulimits'],
    'stop': ['signal'],
    'update_container': [
        'restart_policy', 'pids_limit', 'nano_cpus', 'cpu_rt_period', 'cpu_rt_runtime',
        'blkio_weight_device', 'device_read_bps', 'device_write_bps', 'device_read_iops',
        'device_write_iops'],
    'wait': ['timeout', 'condition'],
    'events': ['decode'],
    'ping': ['head'],
    'history': ['platform'],
    'images': ['filters', 'digests', 'shared_size', 'manifests', 'identity'],
    'inspect_image': ['manifests', 'platform', 'image'],
    'login': ['reauth', 'insecure_registry', 'dockercfg_path'],
    'pull': ['all_tags', 'platform'],
    'push': ['platform'],
    'remove_image': ['force', 'noprune', 'platforms'],
    'search': ['limit', 'filters'],
    'version': ['api_version'],
    'export': ['chunk_size'],
    'import_image': ['image', 'changes', 'stream_src', 'message', 'platform'],
    'top': ['ps_args'],
    'networks': ['filters'],
    'create_network': ['attachable', 'scope', 'ingress', 'config_only', 'config_from', 'enable_ipv4'],
    'inspect_network': ['verbose', 'scope'],
    'connect_container_to_network': ['driver_opts', 'mac_address', 'gw_priority'],
    'create_volume': ['cluster_volume_spec'],
    'remove_volume': ['force'],
    '__init__': ['tls', 'pool_size', 'user_agent', 'num_pools'],
}
# Calls that take what a function takes, and send nothing.
HELPERS = ['create_container_config', 'create_host_config', 'create_networking_config',
           'create_endpoint_config']
# The public attributes of Client besides the calls. exec is exec_run, by a name that is a keyword of
# Python 2.
PROPERTIES = ['api_version', 'exec', 'from_env', 'timeout']


def arguments_of(function):
    """Return a function's names of arguments, their defaults by name, and its names of * and **."""
    spec = getattr(inspect, 'getfullargspec', getattr(inspect, 'getargspec', None))(function)
    names, defaults = spec.args[1:], spec.defaults or ()
    return names, dict(zip(names[len(names) - len(defaults):], defaults)), spec[1:3]


def parse(signature):
    name, _, arguments = signature.partition('(')
    return name, arguments_of(eval('lambda self, {0}: None'.format(arguments[:-1])))


def assert_signature(signature):
    name, (names, defaults, starred) = parse(signature)
    now, now_defaults, others = arguments_of(getattr(docker.Client, name))
    assert now == names + ADDED.get(name, [])
    for argument, default in defaults.items():
        assert now_defaults[argument] == default and type(now_defaults[argument]) is type(default)
    assert set(now_defaults) == set(defaults) | set(ADDED.get(name, []))
    assert others == starred


@pytest.mark.parametrize('signature', CALLS, ids=[call.partition('(')[0] for call in CALLS])
def test_a_call(signature):
    assert_signature(signature)


def test_the_client():
    assert_signature("__init__(base_url=None, version='1.6', timeout=60)")


def test_all_calls_are_listed():
    public = [name for name in dir(docker.Client)
              if not name.startswith('_') and not hasattr(requests.Session, name)]
    assert sorted(public) == sorted([parse(call)[0] for call in CALLS] + HELPERS + PROPERTIES)


@pytest.mark.parametrize('name', HELPERS)
def test_a_helper(name):
    assert arguments_of(getattr(docker.Client, name)) == ([], {}, ('args', 'kwargs'))


@pytest.mark.parametrize('name', [parse(call)[0] for call in CALLS] + HELPERS)
def test_each_call_is_documented(name):
    text = inspect.getdoc(getattr(docker.Client, name))
    assert text and '>>> ' in text
    assert any(verb in text for verb in ('GET /', 'POST /', 'DELETE /', 'PUT /', 'HEAD /'))
