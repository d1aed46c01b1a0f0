"""The HostConfig of a container, in the JSON of the Remote API: what it shares with its host.

Callers write port bindings, binds and links in many forms. Each function takes all of them and returns the
one that every engine reads, or None when nothing was given, as docker.config does for the Config. The
functions are pure.
"""

import re

from six.moves import collections_abc

from docker.compat import to_native_string
from docker.config import convert_cpuset, convert_dns, convert_texts, convert_volumes_from
from docker.limits import (
    convert_device_requests, convert_device_rules, convert_devices, convert_log_config, convert_rates,
    convert_restart_policy, convert_ulimits, convert_weights)
from docker.mounts import convert_binds, convert_mounts, convert_tmpfs
from docker.ports import check_ip_address, convert_port_bindings
from docker.suggestions import explain_mistakes
from docker.units import check_number, check_swap, convert_size
from docker.validation import (
    argument_error, as_list, check_path, check_text, check_text_map, check_text_or_int, did_you_mean,
    identifier, is_absent, is_list, is_text, without_none)

# Regular expressions are strings that are compiled on first use, to keep the import fast.
_ALIAS = r'[^:/\s]+\Z'


@explain_mistakes
def create_host_config(binds=None, port_bindings=None, lxc_conf=None, publish_all_ports=False, links=None,
                       privileged=False, dns=None, dns_search=None, volumes_from=None, network_mode=None,
                       restart_policy=None, cap_add=None, cap_drop=None, devices=None, extra_hosts=None,
                       read_only=None, pid_mode=None, ipc_mode=None, security_opt=None, ulimits=None,
                       log_config=None, mem_limit=None, memswap_limit=None, mem_reservation=None,
                       kernel_memory=None, mem_swappiness=None, cgroup_parent=None, group_add=None,
                       cpu_quota=None, cpu_period=None, blkio_weight=None, blkio_weight_device=None,
                       device_read_bps=None, device_write_bps=None, device_read_iops=None,
                       device_write_iops=None, oom_kill_disable=None, shm_size=None, sysctls=None,
                       version=None, tmpfs=None, oom_score_adj=None, dns_opt=None, cpu_shares=None,
                       cpuset_cpus=None, userns_mode=None, pids_limit=None, isolation=None,
                       auto_remove=None, storage_opt=None, init=None, init_path=None, volume_driver=None,
                       cpu_count=None, cpu_percent=None, nano_cpus=None, cpuset_mems=None, runtime=None,
                       mounts=None, cpu_rt_period=None, cpu_rt_runtime=None, device_cgroup_rules=None,
                       device_requests=None, cgroupns=None, uts_mode=None, cgroup=None, console_size=None,
                       annotations=None, masked_paths=None, readonly_paths=None, kernel_memory_tcp=None,
                       io_maximum_iops=None, io_maximum_bandwidth=None, container_id_file=None):
    """Return the HostConfig of a container: what it shares with its host.

    Each field needs the API version in its line, or 1.6. The sizes are as `convert_size` takes them.

    :param binds: as `convert_binds` takes them.
    :param port_bindings: as `convert_port_bindings` takes them.
    :param lxc_conf: as `convert_lxc_conf` takes it; removed in 1.22.
    :param publish_all_ports: if true, each exposed port is published on a free port of the host.
    :param links: as `convert_links` takes them.
    :param privileged: if true, the container may do whatever the host may do.
    :param dns: as `convert_dns` takes it.
    :param dns_search: the domains that names are looked up in, as text or a list (1.10).
    :param volumes_from: as `convert_volumes_from` takes it.
    :param network_mode: ``'bridge'``, ``'host'``, ``'none'``, ``'container:name'``, or the name of a network
        (1.11).
    :param restart_policy: as `convert_restart_policy` takes it (1.14).
    :param cap_add: capabilities to add, such as ``'NET_ADMIN'``, as text or a list (1.14).
    :param cap_drop: capabilities to drop, likewise (1.14).
    :param devices: as `convert_devices` takes them (1.14).
    :param extra_hosts: as `convert_extra_hosts` takes them (1.15).
    :param read_only: True for a root file system that cannot be written to (1.17).
    :param pid_mode: ``'host'`` or ``'container:name'`` (1.17).
    :param ipc_mode: ``'host'``, ``'container:name'``, ``'private'``, ``'shareable'``, ``'none'`` (1.16).
    :param security_opt: options of security modules, such as ``'no-new-privileges'``, as text or a list
        (1.15).
    :param ulimits: as `convert_ulimits` takes them (1.18).
    :param log_config: as `convert_log_config` takes it (1.18).
    :param mem_limit: a size.
    :param memswap_limit: the size of memory and swap together, -1 for no limit.
    :param mem_reservation: a size (1.21).
    :param kernel_memory: a size (1.21; removed in 1.42).
    :param mem_swappiness: an int of 0 to 100 (1.21).
    :param cgroup_parent: a path of cgroups, as text (1.18).
    :param group_add: names or numbers of groups, as a list (1.20).
    :param cpu_quota: microseconds of CPU time in each period, an int, -1 for no limit (1.19).
    :param cpu_period: microseconds, an int (1.19).
    :param blkio_weight: an int of 10 to 1000, or 0 (1.19).
    :param blkio_weight_device: as `convert_weights` takes it (1.22).
    :param device_read_bps: bytes a second, as `convert_rates` takes them (1.22).
    :param device_write_bps: likewise (1.22).
    :param device_read_iops: operations a second, likewise (1.22).
    :param device_write_iops: likewise (1.22).
    :param oom_kill_disable: True if the kernel does not kill it when memory runs out (1.19).
    :param shm_size: the size of /dev/shm (1.22).
    :param sysctls: a dict of names to text or ints (1.24).
    :param version: not used: each field is checked with the engine, when the container is created.
    :param tmpfs: as `convert_tmpfs` takes it (1.22).
    :param oom_score_adj: an int of -1000 to 1000 (1.22).
    :param dns_opt: options of the resolver, such as ``'ndots:2'``, as text or a list (1.21).
    :param cpu_shares: a relative weight, an int of 0 or more.
    :param cpuset_cpus: the CPUs that it may use, as `convert_cpuset` takes them.
    :param userns_mode: ``'host'`` (1.23).
    :param pids_limit: an int, 0 or -1 for no limit (1.23).
    :param isolation: ``'default'``, ``'process'`` or ``'hyperv'``, on Windows (1.22).
    :param auto_remove: True to remove the container when it has ended (1.25).
    :param storage_opt: options of the storage driver, a dict of text (1.24).
    :param init: True for an init process in the container, False for none (1.25).
    :param init_path: the path of its binary, as text (1.25 only).
    :param volume_driver: the driver of its volumes, as text (1.21).
    :param cpu_count: an int, on Windows (1.24).
    :param cpu_percent: an int of 0 to 100, on Windows (1.24).
    :param nano_cpus: how many CPUs it may use, in units of 10**-9, an int (1.25).
    :param cpuset_mems: the memory nodes that it may use, as `convert_cpuset` takes them (1.19).
    :param runtime: the name of an OCI runtime, as text (1.24).
    :param mounts: as `convert_mounts` takes them (1.25).
    :param cpu_rt_period: microseconds of the real-time scheduler, an int (1.25).
    :param cpu_rt_runtime: likewise (1.25).
    :param device_cgroup_rules: rules such as ``'c 13:* rwm'``, as text or a list (1.28).
    :param device_requests: as `convert_device_requests` takes them (1.40).
    :param cgroupns: ``'private'`` or ``'host'`` (1.41).
    :param uts_mode: ``'host'`` (1.19).
    :param cgroup: the cgroup of the container, as text (1.21).
    :param console_size: the rows and columns of its terminal, a pair of ints (1.22).
    :param annotations: a dict of names to text (1.43).
    :param masked_paths: the paths to hide, a list of text, ``[]`` for none (1.38).
    :param readonly_paths: the paths that are read-only, likewise (1.38).
    :param kernel_memory_tcp: a size (1.40; removed in 1.52).
    :param io_maximum_iops: operations a second of its system drive, on Windows (1.24).
    :param io_maximum_bandwidth: bytes a second of it, a size (1.24).
    :param container_id_file: a path, as text, that is noted only.
    :returns: a dict of what was given, and True for the flags that are set; ``{}`` for nothing.
    :raises TypeError, ValueError: as these functions do, by the name of the argument.
    """
    return _convert_fields(dict(locals()))


def convert_resources(**arguments):
    """Return those of the fields of a HostConfig that can be changed while a container exists.

    :param arguments: as create_host_config takes them; None for what stays as it is.
    :raises TypeError, ValueError: likewise.
    """
    return _convert_fields(arguments)


def _convert_fields(arguments):
    fields = {}
    for argument, value in arguments.items():
        if not is_absent(value) and argument in _FIELDS:
            field, convert = _FIELDS[argument]
            fields[field] = convert(value, argument)
    return without_none(fields)


def _flag(value, name):
    """Return True for a true value, and None for a false one, which is the default."""
    return True if value else None


def _truth(value, name):
    """Return True, or None for False, which is the default."""
    return _choice(value, name) or None


def _choice(value, name):
    if value not in (True, False):
        raise argument_error(TypeError, name, 'True or False', value)
    return bool(value)


def _number(lowest=0, highest=10 ** 18 - 1):
    return lambda value, name: check_number(value, name, lowest, highest)


def _one_of(*words):
    def check(value, name):
        takes = 'one of {0}'.format(', '.join(words))
        if check_text(value, name, takes) not in words:
            raise argument_error(ValueError, name, takes, value, did_you_mean(value, words))
        return check_text(value, name)
    return check


def _check_namespace(value, name):
    """Check whose namespace a container is in; only text with a colon that is no name is refused."""
    text = check_text(value, name)
    word, colon, rest = text.partition(u':')
    hint = did_you_mean(word, ['container'])
    if colon and word != 'container' and hint:
        hint = ': did you mean {0!r}?'.format('container:' + to_native_string(rest))
        raise argument_error(ValueError, name, "'host', 'container:name' and the like", value, hint)
    return text


def _weight_of_blkio(value, name):
    weight = check_number(value, name, 0, 1000)
    if 0 < weight < 10:
        raise argument_error(ValueError, name, 'an int of 10 to 1000, or 0', value)
    return weight


def _size(value, name):
    return convert_size(value, name) or None


def _volumes_from(value, name):
    text = convert_volumes_from(None if is_list(value) and not value else value)
    return text and text.split(u',')


def _convert_groups(value, name):
    return [check_text_or_int(group, name) for group in as_list(value)] or None


def _convert_paths(value, name):
    paths = [check_path(path, name) for path in as_list(value)]
    for path in paths:
        if not path.startswith('/'):
            raise argument_error(ValueError, name, 'absolute paths', path)
    return paths


def _convert_console_size(value, name):
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise argument_error(TypeError, name, '(rows, columns)', value)
    return [check_number(number, name) for number in value]


def convert_extra_hosts(value, name='extra_hosts'):
    """Return names with their addresses as a list of ``"name:address"``, or None.

    :param value: a dict of names to addresses, or a list of ``'name:address'``. An address is an IP address,
        or ``'host-gateway'``.
    :raises TypeError: for anything else.
    :raises ValueError: for other addresses, and names that are empty or contain a colon or white space.
    """
    takes = "a dict of names to addresses, or a list of 'name:address'"
    if isinstance(value, collections_abc.Mapping):
        pairs = value.items()
    elif is_list(value):
        pairs = [_split_extra_host(item, name, takes) for item in value]
    else:
        raise argument_error(TypeError, name, takes, value, _hint_for_list(value))
    return [_convert_extra_host(host, address, name) for host, address in pairs] or None


def _split_extra_host(item, name, takes):
    host, colon, address = check_text(item, name, takes).partition(u':')
    if not colon:
        raise argument_error(ValueError, name, takes, item)
    return host, address


def _hint_for_list(value):
    return ': did you mean [{0!r}]?'.format(value) if is_text(value) and ':' in value else ''


def _convert_extra_host(host, address, name):
    host, address = check_text(host, name, 'names as text'), check_text(address, name, 'addresses as text')
    if not re.match(_ALIAS, host):
        raise argument_error(ValueError, name, "names without ':' or white space", host)
    if address != 'host-gateway':
        address = check_ip_address(address.strip(u'[]'), name)
    return u'{0!s}:{1!s}'.format(host, address)


def convert_links(value):
    """Return links to other containers as a list of ``"name:alias"``, or None.

    :param value: a dict of names to aliases, or a list of ``(container, alias)``, ``'name:alias'`` and
        ``'name'``. An alias that is None or left out is the name. A container in a list may be a dict with
        Id.
    :raises TypeError: for anything else.
    :raises ValueError: for a name or alias that is empty or contains a colon, and an alias with a slash or
        white space.
    """
    if is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        pairs = value.items()
    elif is_list(value):
        pairs = [_split_link(item) for item in value]
    else:
        raise argument_error(TypeError, 'links', 'a dict or a list', value, _hint_for_list(value))
    return [_convert_link(container, alias) for container, alias in pairs] or None


def _split_link(item):
    if is_text(item):
        container, colon, alias = check_text(item, 'links').partition(u':')
        return container, alias if colon else None
    if isinstance(item, (list, tuple)) and len(item) == 2:
        return item
    if isinstance(item, collections_abc.Mapping):
        return item, None
    raise argument_error(TypeError, 'links', "'name:alias' or (container, alias) in a list", item)


def _convert_link(container, alias):
    container = identifier(container, 'links')
    alias = container if alias is None else check_text(alias, 'links', 'aliases as text')
    if u':' in container or not re.match(_ALIAS, alias):
        takes = "names without ':' and aliases without ':', '/' or white space"
        raise argument_error(ValueError, 'links', takes, (container, alias))
    return u'{0!s}:{1!s}'.format(container, alias)


def convert_lxc_conf(value):
    """Return options of LXC as a list of ``{"Key": option, "Value": value}``, or None.

    :param value: a dict of options to text or ints, a list of ``{'Key': option, 'Value': value}``, or one
        of these dicts.
    :raises TypeError: for anything else.
    :raises ValueError: for an empty option, and for a dict in a list with other keys.
    """
    if is_absent(value):
        return None
    takes = 'a dict, or a list of dicts with Key and Value'
    keys = {'Key', 'Value'}
    if isinstance(value, collections_abc.Mapping) and set(value) != keys:
        value = [{'Key': option, 'Value': setting} for option, setting in value.items()]
    result = []
    for item in as_list(value):
        if not isinstance(item, collections_abc.Mapping):
            raise argument_error(TypeError, 'lxc_conf', takes, item)
        if set(item) != keys or is_absent(item['Key']):
            raise argument_error(ValueError, 'lxc_conf', takes, item)
        result.append({'Key': check_text(item['Key'], 'lxc_conf', 'options as text'),
                       'Value': check_text_or_int(item['Value'], 'lxc_conf', 'text or ints as values')})
    return result or None


# The field and the check of each argument of create_host_config.
_FIELDS = {
    'annotations': ('Annotations', lambda value, name: check_text_map(value, name) or None),
    'auto_remove': ('AutoRemove', _truth),
    'binds': ('Binds', lambda value, name: convert_binds(value)),
    'blkio_weight': ('BlkioWeight', _weight_of_blkio),
    'blkio_weight_device': ('BlkioWeightDevice', convert_weights),
    'cap_add': ('CapAdd', convert_texts),
    'cap_drop': ('CapDrop', convert_texts),
    'cgroup': ('Cgroup', check_text),
    'cgroup_parent': ('CgroupParent', check_text),
    'cgroupns': ('CgroupnsMode', _one_of('private', 'host')),
    'console_size': ('ConsoleSize', _convert_console_size),
    'container_id_file': ('ContainerIDFile', check_path),
    'cpu_count': ('CpuCount', _number()),
    'cpu_percent': ('CpuPercent', _number(0, 100)),
    'cpu_period': ('CpuPeriod', _number()),
    'cpu_quota': ('CpuQuota', _number(-1)),
    'cpu_rt_period': ('CpuRealtimePeriod', _number()),
    'cpu_rt_runtime': ('CpuRealtimeRuntime', _number()),
    'cpu_shares': ('CpuShares', _number()),
    'cpuset_cpus': ('CpusetCpus', convert_cpuset),
    'cpuset_mems': ('CpusetMems', convert_cpuset),
    'device_cgroup_rules': ('DeviceCgroupRules', convert_device_rules),
    'device_read_bps': ('BlkioDeviceReadBps', convert_rates),
    'device_read_iops': ('BlkioDeviceReadIOps', convert_rates),
    'device_requests': ('DeviceRequests', convert_device_requests),
    'device_write_bps': ('BlkioDeviceWriteBps', convert_rates),
    'device_write_iops': ('BlkioDeviceWriteIOps', convert_rates),
    'devices': ('Devices', convert_devices),
    'dns': ('Dns', lambda value, name: convert_dns(value)),
    'dns_opt': ('DnsOptions', convert_texts),
    'dns_search': ('DnsSearch', convert_texts),
    'extra_hosts': ('ExtraHosts', convert_extra_hosts),
    'group_add': ('GroupAdd', _convert_groups),
    'init': ('Init', _choice),
    'init_path': ('InitPath', check_path),
    'io_maximum_bandwidth': ('IOMaximumBandwidth', _size),
    'io_maximum_iops': ('IOMaximumIOps', _number()),
    'ipc_mode': ('IpcMode', _check_namespace),
    'isolation': ('Isolation', _one_of('default', 'process', 'hyperv')),
    'kernel_memory': ('KernelMemory', _size),
    'kernel_memory_tcp': ('KernelMemoryTCP', _size),
    'links': ('Links', lambda value, name: convert_links(value)),
    'log_config': ('LogConfig', convert_log_config),
    'lxc_conf': ('LxcConf', lambda value, name: convert_lxc_conf(value)),
    'masked_paths': ('MaskedPaths', _convert_paths),
    'mem_limit': ('Memory', _size),
    'mem_reservation': ('MemoryReservation', _size),
    'mem_swappiness': ('MemorySwappiness', _number(0, 100)),
    'memswap_limit': ('MemorySwap', lambda value, name: check_swap(value, name) or None),
    'mounts': ('Mounts', convert_mounts),
    'nano_cpus': ('NanoCpus', _number()),
    'network_mode': ('NetworkMode', _check_namespace),
    'oom_kill_disable': ('OomKillDisable', _truth),
    'oom_score_adj': ('OomScoreAdj', _number(-1000, 1000)),
    'pid_mode': ('PidMode', _check_namespace),
    'pids_limit': ('PidsLimit', _number(-1)),
    'port_bindings': ('PortBindings', lambda value, name: convert_port_bindings(value)),
    'privileged': ('Privileged', _flag),
    'publish_all_ports': ('PublishAllPorts', _flag),
    'read_only': ('ReadonlyRootfs', _truth),
    'readonly_paths': ('ReadonlyPaths', _convert_paths),
    'restart_policy': ('RestartPolicy', convert_restart_policy),
    'runtime': ('Runtime', check_text),
    'security_opt': ('SecurityOpt', convert_texts),
    'shm_size': ('ShmSize', _size),
    'storage_opt': ('StorageOpt', lambda value, name: check_text_map(value, name) or None),
    'sysctls': ('Sysctls', lambda value, name: check_text_map(value, name) or None),
    'tmpfs': ('Tmpfs', convert_tmpfs),
    'ulimits': ('Ulimits', convert_ulimits),
    'userns_mode': ('UsernsMode', check_text),
    'uts_mode': ('UTSMode', check_text),
    'volume_driver': ('VolumeDriver', check_text),
    'volumes_from': ('VolumesFrom', _volumes_from),
}

__all__ = ['convert_binds', 'convert_extra_hosts', 'convert_links', 'convert_lxc_conf', 'convert_mounts',
           'convert_port_bindings', 'convert_resources', 'convert_tmpfs', 'create_host_config']
