"""How a service runs its tasks: TaskTemplate, its parts, and the other parts of a service.

Each class is a dict in the words of the API, built from arguments; a caller may add any other field of the
API. None leaves a field out. What runs in the containers is a `docker.container_spec.ContainerSpec`.
"""

import six
from six.moves import collections_abc

from docker.config import convert_port, convert_size
from docker.mounts import driver_of
from docker.service_values import (
    convert_choice, convert_cpus, convert_dict, convert_int, convert_list, convert_ratio)
from docker.units import convert_nanoseconds
from docker.validation import (
    argument_error, as_list, check_if_given, check_nonempty_text, check_text, check_text_map, identifier,
    is_int, is_list, is_text, without_none)

_MODES = {'replicated': 'Replicated', 'global': 'Global', 'replicated-job': 'ReplicatedJob',
          'global-job': 'GlobalJob'}


class RestartConditionTypesEnum(object):
    """When a task is restarted."""

    _values = ('none', 'on-failure', 'any')
    NONE, ON_FAILURE, ANY = _values


class TaskTemplate(dict):
    """What a service runs, and how.

    :param container_spec: a ContainerSpec.
    :param resources: a Resources.
    :param restart_policy: a RestartPolicy.
    :param placement: a Placement, or a list of constraints.
    :param log_driver: a DriverConfig, or the name of a driver.
    :param networks: the networks to attach the tasks to: a list of names, ids or NetworkAttachmentConfig
        (since API 1.25). Unlike those of `create_service`, they can be changed by an update.
    :param force_update: an int; an update with another one than before replaces all tasks, also if nothing
        else changed (since API 1.25).
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.TaskTemplate(docker.types.ContainerSpec('busybox', 'sleep 1000'))
    """

    def __init__(self, container_spec, resources=None, restart_policy=None, placement=None, log_driver=None,
                 networks=None, force_update=None):
        if is_text(placement) or is_list(placement):
            placement = Placement(placement)
        super(TaskTemplate, self).__init__(without_none({
            'ContainerSpec': convert_dict(container_spec, 'container_spec'),
            'Resources': convert_dict(resources, 'resources'),
            'RestartPolicy': convert_dict(restart_policy, 'restart_policy'),
            'Placement': convert_dict(placement, 'placement'),
            'LogDriver': driver_of(log_driver, 'log_driver'),
            'Networks': convert_list(networks, 'networks', convert_network),
            'ForceUpdate': convert_int(force_update, 'force_update')}))
        if 'ContainerSpec' not in self:
            raise argument_error(TypeError, 'container_spec', 'a ContainerSpec', container_spec)

    @property
    def container_spec(self):
        return self.get('ContainerSpec')

    @property
    def resources(self):
        return self.get('Resources')

    @property
    def restart_policy(self):
        return self.get('RestartPolicy')

    @property
    def placement(self):
        return self.get('Placement')


class Resources(dict):
    """What a task may use at most, and what a node must have for it.

    :param cpu_limit: billionths of a CPU as an int, or CPUs as a float or text: ``0.5``.
    :param mem_limit: bytes as an int, or text like ``'512m'``.
    :param cpu_reservation: as `cpu_limit`.
    :param mem_reservation: as `mem_limit`.
    :param generic_resources: ``{'gpu': 2, 'fpga': 'uuid1'}``, or a list in the words of the API (since API
        1.32).
    :param pids_limit: an int (since API 1.41).
    :param swap_bytes: as `mem_limit` (since API 1.52).
    :param memory_swappiness: an int of 0 to 100 (since API 1.52).
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.Resources(cpu_limit=0.5, mem_limit='512m')
    """

    def __init__(self, cpu_limit=None, mem_limit=None, cpu_reservation=None, mem_reservation=None,
                 generic_resources=None, pids_limit=None, swap_bytes=None, memory_swappiness=None):
        def size(value, name):
            return None if value is None else convert_size(value, name)
        super(Resources, self).__init__(without_none({
            'Limits': without_none({
                'NanoCPUs': convert_cpus(cpu_limit, 'cpu_limit'), 'MemoryBytes': size(mem_limit, 'mem_limit'),
                'Pids': convert_int(pids_limit, 'pids_limit', -1)}) or None,
            'Reservations': without_none({
                'NanoCPUs': convert_cpus(cpu_reservation, 'cpu_reservation'),
                'MemoryBytes': size(mem_reservation, 'mem_reservation'),
                'GenericResources': _convert_generic_resources(generic_resources)}) or None,
            'SwapBytes': size(swap_bytes, 'swap_bytes'),
            'MemorySwappiness': convert_int(memory_swappiness, 'memory_swappiness', -1, 100)}))


def _convert_generic_resources(value):
    if not isinstance(value, collections_abc.Mapping):
        return convert_list(value, 'generic_resources', convert_dict)
    takes = 'ints or text as values'
    result = []
    for kind, amount in value.items():
        name = 'DiscreteResourceSpec' if is_int(amount) else 'NamedResourceSpec'
        if not is_int(amount):
            amount = check_text(amount, 'generic_resources', takes)
        result.append({name: {'Kind': check_text(kind, 'generic_resources', takes), 'Value': amount}})
    return result


class RestartPolicy(dict):
    """When a task that ended is replaced.

    :param condition: ``'none'``, ``'on-failure'`` or ``'any'``.
    :param delay: how long to wait before: nanoseconds as an int, or text like ``'10s'``, or a timedelta.
    :param max_attempts: how often at most, an int; 0 for no limit.
    :param window: the time in which `max_attempts` are counted, as `delay`; 0 for no end.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.RestartPolicy('on-failure', delay='5s', max_attempts=3)
    """

    condition_types = RestartConditionTypesEnum

    def __init__(self, condition=RestartConditionTypesEnum.NONE, delay=0, max_attempts=0, window=0):
        super(RestartPolicy, self).__init__(without_none({
            'Condition': convert_choice(condition, 'condition', RestartConditionTypesEnum._values),
            'Delay': convert_nanoseconds(delay, 'delay'),
            'MaxAttempts': convert_int(max_attempts, 'max_attempts'),
            'Window': convert_nanoseconds(window, 'window')}))


class _Rollout(dict):
    """How the tasks of a service are replaced."""

    _actions = ()

    def __init__(self, parallelism=0, delay=None, failure_action='continue', monitor=None,
                 max_failure_ratio=None, order=None):
        super(_Rollout, self).__init__(without_none({
            'Parallelism': convert_int(parallelism, 'parallelism'),
            'Delay': convert_nanoseconds(delay, 'delay'),
            'FailureAction': convert_choice(failure_action, 'failure_action', self._actions),
            'Monitor': convert_nanoseconds(monitor, 'monitor'),
            'MaxFailureRatio': convert_ratio(max_failure_ratio, 'max_failure_ratio'),
            'Order': convert_choice(order, 'order', ('stop-first', 'start-first'))}))


class UpdateConfig(_Rollout):
    """How an update replaces the tasks of a service.

    :param parallelism: how many tasks at a time, an int; 0 for all.
    :param delay: the time between them: nanoseconds as an int, or text like ``'10s'``, or a timedelta.
    :param failure_action: ``'continue'``, ``'pause'`` or ``'rollback'`` (since API 1.28).
    :param monitor: how long a new task is watched, as `delay` (since API 1.25).
    :param max_failure_ratio: the share of tasks that may fail, a number of 0 to 1 (since API 1.25).
    :param order: ``'stop-first'`` or ``'start-first'`` (since API 1.29).
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.UpdateConfig(parallelism=1, delay='10s', order='start-first')
    """

    _actions = ('continue', 'pause', 'rollback')


class RollbackConfig(_Rollout):
    """How a rollback replaces the tasks of a service (since API 1.28).

    :param parallelism: as UpdateConfig.
    :param delay: as UpdateConfig.
    :param failure_action: ``'continue'`` or ``'pause'``.
    :param monitor: as UpdateConfig.
    :param max_failure_ratio: as UpdateConfig.
    :param order: as UpdateConfig.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.RollbackConfig(parallelism=2)
    """

    _actions = ('continue', 'pause')


class ServiceMode(dict):
    """How many tasks a service has.

    :param mode: ``'replicated'``; ``'global'``, one on each node; or ``'replicated-job'`` and
        ``'global-job'``, whose tasks run to their end once (since API 1.41).
    :param replicas: of a replicated service or job: how many, an int.
    :param concurrency: of a replicated job: how many at a time, an int.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.ServiceMode('replicated', replicas=3)
    """

    def __init__(self, mode, replicas=None, concurrency=None):
        self.mode = convert_choice(mode, 'mode', sorted(_MODES))
        if self.mode is None:
            raise argument_error(TypeError, 'mode', "text such as 'replicated'", mode)
        if replicas is not None and self.mode.startswith('global'):
            raise argument_error(ValueError, 'replicas', 'None with the mode ' + self.mode, replicas)
        if concurrency is not None and self.mode != 'replicated-job':
            raise argument_error(ValueError, 'concurrency', 'None with the mode ' + self.mode, concurrency)
        self.replicas = convert_int(replicas, 'replicas')
        details = {}
        if self.mode == 'replicated':
            details = {'Replicas': self.replicas}
        elif self.mode == 'replicated-job':
            details = {'TotalCompletions': self.replicas,
                       'MaxConcurrent': convert_int(concurrency, 'concurrency', 1)}
        super(ServiceMode, self).__init__({_MODES[self.mode]: without_none(details)})


class EndpointSpec(dict):
    """How a service is reached.

    :param mode: ``'vip'``, one address for all tasks, or ``'dnsrr'``, their addresses in turn.
    :param ports: the published ports: a dict of ports of the nodes to ports of the tasks, each of them
        ``80``, ``'53/udp'``, ``(53, 'udp')`` or ``(53, 'udp', 'host')``; 0 or None is any free port of the
        nodes. Or a list of dicts in the words of the API: TargetPort, PublishedPort, Protocol, PublishMode,
        Name. PublishMode is ``'ingress'``, on all nodes, or ``'host'``, on those that run a task.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.EndpointSpec(ports={8080: (80, 'tcp', 'host')})
    """

    def __init__(self, mode=None, ports=None):
        if any(is_text(item) or is_int(item) for item in as_list(ports)):
            takes = 'a dict of ports of the nodes to ports of the tasks, like {8080: 80}, or a list of dicts'
            raise argument_error(TypeError, 'ports', takes, ports)
        if isinstance(ports, collections_abc.Mapping) and 'TargetPort' not in ports:
            ports = [_convert_published_port(published, target) for published, target in ports.items()]
        super(EndpointSpec, self).__init__(without_none({
            'Mode': convert_choice(mode, 'mode', ('vip', 'dnsrr')),
            'Ports': convert_list(ports, 'ports', convert_dict)}))


def _convert_published_port(published, target):
    publish_mode = None
    if isinstance(target, (tuple, list)) and len(target) == 3:
        target, publish_mode = (target[0], target[1] or 'tcp'), target[2]
    if isinstance(target, (tuple, list)) and len(target) == 2 and target[1] is None:
        target = target[0]
    number, protocol = convert_port(target, 'ports of EndpointSpec').split('/')
    port = {'TargetPort': int(number), 'Protocol': protocol,
            'PublishMode': convert_choice(publish_mode, 'ports', ('ingress', 'host'))}
    if published not in (None, 0, '0', ''):
        port['PublishedPort'] = int(convert_port(published, 'ports of EndpointSpec').split('/')[0])
    return without_none(port)


class Placement(dict):
    """On which nodes tasks may run.

    :param constraints: a list of text such as ``'node.role == worker'``.
    :param preferences: a list of PlacementPreference, or of ``('spread', 'node.labels.rack')`` (since API
        1.28).
    :param platforms: a list of ``(architecture, os)``, such as ``('x86_64', 'linux')`` (since API 1.30).
    :param maxreplicas: how many tasks a node may have, an int (since API 1.40).
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.Placement(['node.role == worker'], maxreplicas=2)
    """

    def __init__(self, constraints=None, preferences=None, platforms=None, maxreplicas=None):
        super(Placement, self).__init__(without_none({
            'Constraints': convert_list(constraints, 'constraints', check_nonempty_text),
            'Preferences': convert_list(preferences, 'preferences', _convert_preference),
            'Platforms': convert_list(platforms, 'platforms', _convert_platform),
            'MaxReplicas': convert_int(maxreplicas, 'maxreplicas')}))


def _convert_preference(value, name):
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return dict(PlacementPreference(*value))
    return convert_dict(value, name)


def _convert_platform(value, name):
    if isinstance(value, (tuple, list)) and len(value) == 2:
        architecture, system = [check_text(word, name) for word in value]
        return {'Architecture': architecture, 'OS': system}
    return convert_dict(value, name)


class PlacementPreference(dict):
    """By what tasks are spread over the nodes (since API 1.28).

    :param strategy: ``'spread'``.
    :param descriptor: such as ``'node.labels.rack'``.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.PlacementPreference('spread', 'node.labels.rack')
    """

    def __init__(self, strategy, descriptor):
        convert_choice(strategy, 'strategy', ('spread',))
        super(PlacementPreference, self).__init__({
            'Spread': {'SpreadDescriptor': check_nonempty_text(descriptor, 'descriptor')}})


class NetworkAttachmentConfig(dict):
    """A network that the tasks of a service are attached to.

    :param target: its name or id, or a dict with Id.
    :param aliases: a list of names of the service in it.
    :param options: a dict of options of the driver (since API 1.32).
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.NetworkAttachmentConfig('backend', aliases=['db'])
    """

    def __init__(self, target, aliases=None, options=None):
        super(NetworkAttachmentConfig, self).__init__(without_none({
            'Target': identifier(target, 'target'),
            'Aliases': convert_list(aliases, 'aliases', check_nonempty_text),
            'DriverOpts': check_if_given(check_text_map, options, 'options')}))


def convert_network(value, name):
    """Return a network of a service as a dict in the words of the API.

    :param value: a NetworkAttachmentConfig or such a dict, a name or an id, or a dict with Id.
    :param name: the name of the argument.
    :raises TypeError, ValueError: for anything else.
    """
    if isinstance(value, collections_abc.Mapping) and 'Target' in value:
        return dict(value)
    return {'Target': identifier(value, name)}


def convert_service_mode(value, name='mode'):
    """Return the mode of a service as a dict in the words of the API, or None for None.

    :param value: a ServiceMode or such a dict, or one of its modes as text.
    :param name: the name of the argument.
    :raises TypeError, ValueError: for anything else.
    """
    return dict(ServiceMode(value)) if isinstance(value, six.string_types) else convert_dict(value, name)
