"""Which version of the API endpoints, query parameters and fields came in.

A call is sent in the version nearest to the caller's. There an engine would ignore in silence what came
later, or respond that there is no such path: `requirements` lists what a call has of this kind, so that it
is sent in a later version, or refused. Versions are those of the engine's version history and of its
specifications.
"""

import json

from docker.transport.negotiate import parse_version

# (method, path): the version of the endpoint, and those of query parameters that came later.
ENDPOINTS = {
    ('GET', '/_ping'): ('1.6', {}),
    ('HEAD', '/_ping'): ('1.40', {}),
    ('POST', '/auth'): ('1.6', {}),
    ('POST', '/build'): ('1.6', {
        'forcerm': '1.12', 'pull': '1.16', 'dockerfile': '1.17', 'memory': '1.18', 'memswap': '1.18',
        'cpushares': '1.18', 'cpusetcpus': '1.18', 'cpusetmems': '1.19', 'cpuperiod': '1.19',
        'cpuquota': '1.19', 'buildargs': '1.21', 'ulimits': '1.21', 'cgroupparent': '1.21',
        'shmsize': '1.22', 'isolation': '1.22', 'labels': '1.23', 'cachefrom': '1.25', 'squash': '1.25',
        'networkmode': '1.25', 'extrahosts': '1.28', 'target': '1.29', 'platform': '1.32',
        'version': '1.38', 'session': '1.38', 'buildid': '1.38', 'outputs': '1.40'}),
    ('POST', '/build/cancel'): ('1.40', {}),
    ('POST', '/build/prune'): ('1.31', {
        'all': '1.39', 'filters': '1.39', 'keep-storage': '1.39', 'reserved-space': '1.48',
        'max-used-space': '1.48', 'min-free-space': '1.48'}),
    ('POST', '/commit'): ('1.6', {'pause': '1.13', 'changes': '1.18'}),
    ('GET', '/configs'): ('1.30', {}),
    ('POST', '/configs/create'): ('1.30', {}),
    ('GET', '/configs/{}'): ('1.30', {}),
    ('DELETE', '/configs/{}'): ('1.30', {}),
    ('POST', '/configs/{}/update'): ('1.30', {}),
    ('POST', '/containers/create'): ('1.6', {'platform': '1.41'}),
    ('GET', '/containers/json'): ('1.6', {'filters': '1.10'}),
    ('POST', '/containers/prune'): ('1.25', {}),
    ('DELETE', '/containers/{}'): ('1.6', {'force': '1.10'}),
    ('GET', '/containers/{}/archive'): ('1.20', {}),
    ('HEAD', '/containers/{}/archive'): ('1.20', {}),
    ('PUT', '/containers/{}/archive'): ('1.20', {'copyUIDGID': '1.29'}),
    ('POST', '/containers/{}/attach'): ('1.6', {'detachKeys': '1.22'}),
    ('GET', '/containers/{}/attach/ws'): ('1.6', {
        'detachKeys': '1.22', 'stdin': '1.42', 'stdout': '1.42', 'stderr': '1.42'}),
    ('GET', '/containers/{}/changes'): ('1.6', {}),
    ('POST', '/containers/{}/copy'): ('1.6', {}),
    ('POST', '/containers/{}/exec'): ('1.15', {}),
    ('GET', '/containers/{}/export'): ('1.6', {}),
    ('GET', '/containers/{}/json'): ('1.6', {'size': '1.21'}),
    ('POST', '/containers/{}/kill'): ('1.6', {}),
    ('GET', '/containers/{}/logs'): ('1.11', {
        'tail': '1.13', 'since': '1.19', 'details': '1.23', 'until': '1.35'}),
    ('POST', '/containers/{}/pause'): ('1.12', {}),
    ('POST', '/containers/{}/rename'): ('1.17', {}),
    ('POST', '/containers/{}/resize'): ('1.6', {}),
    ('POST', '/containers/{}/restart'): ('1.6', {'signal': '1.42'}),
    ('POST', '/containers/{}/start'): ('1.6', {'detachKeys': '1.23'}),
    ('GET', '/containers/{}/stats'): ('1.17', {'stream': '1.19', 'one-shot': '1.41'}),
    ('POST', '/containers/{}/stop'): ('1.6', {'signal': '1.42'}),
    ('GET', '/containers/{}/top'): ('1.6', {}),
    ('POST', '/containers/{}/unpause'): ('1.12', {}),
    ('POST', '/containers/{}/update'): ('1.22', {}),
    ('POST', '/containers/{}/wait'): ('1.6', {'condition': '1.30'}),
    ('GET', '/distribution/{}/json'): ('1.30', {}),
    ('GET', '/events'): ('1.6', {'until': '1.11', 'filters': '1.16'}),
    ('GET', '/exec/{}/json'): ('1.16', {}),
    ('POST', '/exec/{}/resize'): ('1.15', {}),
    ('POST', '/exec/{}/start'): ('1.15', {}),
    ('POST', '/grpc'): ('1.39', {}),
    ('POST', '/images/create'): ('1.6', {'changes': '1.18', 'message': '1.25', 'platform': '1.32'}),
    ('GET', '/images/get'): ('1.15', {'platform': '1.48'}),
    ('GET', '/images/json'): ('1.6', {
        'filters': '1.10', 'digests': '1.18', 'shared-size': '1.42', 'manifests': '1.47',
        'identity': '1.54'}),
    ('POST', '/images/load'): ('1.7', {'quiet': '1.23', 'platform': '1.48'}),
    ('POST', '/images/prune'): ('1.25', {}),
    ('GET', '/images/search'): ('1.6', {'limit': '1.24', 'filters': '1.24'}),
    ('GET', '/images/viz'): ('1.6', {}),
    ('DELETE', '/images/{}'): ('1.6', {'force': '1.10', 'noprune': '1.10', 'platforms': '1.50'}),
    ('GET', '/images/{}/attestations'): ('1.55', {}),
    ('GET', '/images/{}/get'): ('1.7', {'platform': '1.48'}),
    ('GET', '/images/{}/history'): ('1.6', {'platform': '1.48'}),
    ('POST', '/images/{}/insert'): ('1.6', {}),
    ('GET', '/images/{}/json'): ('1.6', {'manifests': '1.48', 'platform': '1.49'}),
    ('POST', '/images/{}/push'): ('1.6', {'platform': '1.46'}),
    ('POST', '/images/{}/tag'): ('1.6', {}),
    ('GET', '/info'): ('1.6', {}),
    ('GET', '/networks'): ('1.21', {}),
    ('POST', '/networks/create'): ('1.21', {}),
    ('POST', '/networks/prune'): ('1.25', {}),
    ('GET', '/networks/{}'): ('1.21', {'verbose': '1.31', 'scope': '1.31'}),
    ('DELETE', '/networks/{}'): ('1.21', {}),
    ('POST', '/networks/{}/connect'): ('1.21', {}),
    ('POST', '/networks/{}/disconnect'): ('1.21', {}),
    ('GET', '/nodes'): ('1.24', {}),
    ('GET', '/nodes/{}'): ('1.24', {}),
    ('DELETE', '/nodes/{}'): ('1.24', {}),
    ('POST', '/nodes/{}/update'): ('1.24', {}),
    ('GET', '/plugins'): ('1.25', {'filters': '1.28'}),
    ('POST', '/plugins/create'): ('1.25', {}),
    ('GET', '/plugins/privileges'): ('1.25', {'remote': '1.26'}),
    ('POST', '/plugins/pull'): ('1.25', {}),
    ('DELETE', '/plugins/{}'): ('1.25', {}),
    ('POST', '/plugins/{}/disable'): ('1.25', {'force': '1.26'}),
    ('POST', '/plugins/{}/enable'): ('1.25', {}),
    ('GET', '/plugins/{}/json'): ('1.25', {}),
    ('POST', '/plugins/{}/push'): ('1.25', {}),
    ('POST', '/plugins/{}/set'): ('1.25', {}),
    ('POST', '/plugins/{}/upgrade'): ('1.26', {}),
    ('GET', '/secrets'): ('1.25', {}),
    ('POST', '/secrets/create'): ('1.25', {}),
    ('GET', '/secrets/{}'): ('1.25', {}),
    ('DELETE', '/secrets/{}'): ('1.25', {}),
    ('POST', '/secrets/{}/update'): ('1.26', {}),
    ('GET', '/services'): ('1.24', {'status': '1.41'}),
    ('POST', '/services/create'): ('1.24', {}),
    ('GET', '/services/{}'): ('1.24', {'insertDefaults': '1.29'}),
    ('DELETE', '/services/{}'): ('1.24', {}),
    ('GET', '/services/{}/logs'): ('1.25', {}),
    ('POST', '/services/{}/update'): ('1.24', {'registryAuthFrom': '1.25', 'rollback': '1.28'}),
    ('POST', '/session'): ('1.38', {}),
    ('GET', '/swarm'): ('1.24', {}),
    ('POST', '/swarm/init'): ('1.24', {}),
    ('POST', '/swarm/join'): ('1.24', {}),
    ('POST', '/swarm/leave'): ('1.24', {}),
    ('POST', '/swarm/unlock'): ('1.25', {}),
    ('GET', '/swarm/unlockkey'): ('1.25', {}),
    ('POST', '/swarm/update'): ('1.24', {'rotateManagerUnlockKey': '1.25'}),
    ('GET', '/system/df'): ('1.25', {'type': '1.42', 'verbose': '1.52'}),
    ('GET', '/tasks'): ('1.24', {}),
    ('GET', '/tasks/{}'): ('1.24', {}),
    ('GET', '/tasks/{}/logs'): ('1.30', {}),
    ('GET', '/version'): ('1.6', {}),
    ('GET', '/volumes'): ('1.21', {}),
    ('POST', '/volumes/create'): ('1.21', {}),
    ('POST', '/volumes/prune'): ('1.25', {}),
    ('GET', '/volumes/{}'): ('1.21', {}),
    ('PUT', '/volumes/{}'): ('1.42', {}),
    ('DELETE', '/volumes/{}'): ('1.21', {'force': '1.25'}),
}

# The fields of a container's configuration that came after 1.6, in lower case, as engines do not mind it.
# HostConfig itself may be given to `create` at any version.
CONFIG_FIELDS = {
    'onbuild': '1.9', 'macaddress': '1.16', 'labels': '1.17', 'volumedriver': '1.19', 'stopsignal': '1.21',
    'networkingconfig': '1.22', 'healthcheck': '1.24', 'shell': '1.25', 'stoptimeout': '1.25'}

# All fields of HostConfig, in lower case.
HOST_CONFIG_FIELDS = {
    'binds': '1.6', 'containeridfile': '1.6', 'links': '1.6', 'lxcconf': '1.6', 'portbindings': '1.6',
    'privileged': '1.6', 'publishallports': '1.6',
    'dns': '1.10', 'dnssearch': '1.10', 'volumesfrom': '1.10', 'networkmode': '1.11',
    'capadd': '1.14', 'capdrop': '1.14', 'devices': '1.14', 'restartpolicy': '1.14',
    'extrahosts': '1.15', 'securityopt': '1.15', 'ipcmode': '1.16', 'pidmode': '1.17',
    'readonlyrootfs': '1.17',
    'cgroupparent': '1.18', 'cpusetcpus': '1.18', 'cpushares': '1.18', 'logconfig': '1.18',
    'memory': '1.18', 'memoryswap': '1.18', 'ulimits': '1.18',
    'blkioweight': '1.19', 'cpuperiod': '1.19', 'cpuquota': '1.19', 'cpusetmems': '1.19',
    'oomkilldisable': '1.19', 'utsmode': '1.19', 'groupadd': '1.20',
    'dnsoptions': '1.21', 'kernelmemory': '1.21', 'memoryreservation': '1.21', 'memoryswappiness': '1.21',
    'volumedriver': '1.21', 'cgroup': '1.21',
    'blkiodevicereadbps': '1.22', 'blkiodevicereadiops': '1.22', 'blkiodevicewritebps': '1.22',
    'blkiodevicewriteiops': '1.22', 'blkioweightdevice': '1.22', 'consolesize': '1.22',
    'isolation': '1.22', 'oomscoreadj': '1.22', 'shmsize': '1.22', 'tmpfs': '1.22',
    'pidslimit': '1.23', 'usernsmode': '1.23',
    'cpucount': '1.24', 'cpupercent': '1.24', 'diskquota': '1.24', 'iomaximumbandwidth': '1.24',
    'iomaximumiops': '1.24', 'runtime': '1.24', 'storageopt': '1.24', 'sysctls': '1.24',
    'autoremove': '1.25', 'cpurealtimeperiod': '1.25', 'cpurealtimeruntime': '1.25', 'init': '1.25',
    'initpath': '1.25', 'mounts': '1.25', 'nanocpus': '1.25',
    'devicecgrouprules': '1.28', 'maskedpaths': '1.38', 'readonlypaths': '1.38',
    'capabilities': '1.40', 'devicerequests': '1.40', 'kernelmemorytcp': '1.40',
    'cgroupnsmode': '1.41', 'annotations': '1.43'}

# The types of mounts that came later than mounts did.
_MOUNT_TYPES = {'cluster': '1.42', 'image': '1.48'}
# The fields of the specification of a service that came later than services did.
_SERVICE_FIELDS = dict((field, version) for version, fields in {
    '1.25': 'TaskTemplate.ForceUpdate TaskTemplate.Networks TaskTemplate.ContainerSpec.TTY '
            'TaskTemplate.ContainerSpec.Hostname TaskTemplate.ContainerSpec.Hosts '
            'TaskTemplate.ContainerSpec.Groups TaskTemplate.ContainerSpec.DNSConfig '
            'TaskTemplate.ContainerSpec.HealthCheck TaskTemplate.ContainerSpec.OpenStdin '
            'TaskTemplate.ContainerSpec.Secrets TaskTemplate.ContainerSpec.Mounts.TmpfsOptions '
            'UpdateConfig.Monitor UpdateConfig.MaxFailureRatio EndpointSpec.Ports.PublishMode',
    '1.28': 'TaskTemplate.ContainerSpec.ReadOnly TaskTemplate.ContainerSpec.StopSignal '
            'TaskTemplate.ContainerSpec.Mounts.Consistency '
            'TaskTemplate.Placement.Preferences RollbackConfig',
    '1.29': 'TaskTemplate.ContainerSpec.Privileges TaskTemplate.ContainerSpec.HealthCheck.StartPeriod '
            'UpdateConfig.Order RollbackConfig.Order',
    '1.30': 'TaskTemplate.ContainerSpec.Configs TaskTemplate.Placement.Platforms',
    '1.31': 'TaskTemplate.PluginSpec',
    '1.32': 'TaskTemplate.Resources.Reservations.GenericResources TaskTemplate.Networks.DriverOpts '
            'Networks.DriverOpts',
    '1.35': 'TaskTemplate.ContainerSpec.Isolation',
    '1.37': 'TaskTemplate.ContainerSpec.Init',
    '1.40': 'TaskTemplate.ContainerSpec.Sysctls TaskTemplate.Placement.MaxReplicas '
            'TaskTemplate.ContainerSpec.Configs.Runtime '
            'TaskTemplate.ContainerSpec.Privileges.CredentialSpec.Config '
            'TaskTemplate.ContainerSpec.Mounts.BindOptions.NonRecursive',
    '1.41': 'Mode.ReplicatedJob Mode.GlobalJob TaskTemplate.Resources.Limits.Pids '
            'TaskTemplate.ContainerSpec.CapabilityAdd TaskTemplate.ContainerSpec.CapabilityDrop '
            'TaskTemplate.ContainerSpec.Ulimits',
    '1.42': 'TaskTemplate.ContainerSpec.Mounts.BindOptions.CreateMountpoint '
            'TaskTemplate.ContainerSpec.Mounts.ClusterOptions',
    '1.44': 'TaskTemplate.ContainerSpec.HealthCheck.StartInterval '
            'TaskTemplate.ContainerSpec.Privileges.NoNewPrivileges '
            'TaskTemplate.ContainerSpec.Privileges.Seccomp TaskTemplate.ContainerSpec.Privileges.AppArmor '
            'TaskTemplate.ContainerSpec.Mounts.BindOptions.ReadOnlyNonRecursive '
            'TaskTemplate.ContainerSpec.Mounts.BindOptions.ReadOnlyForceRecursive',
    '1.45': 'TaskTemplate.ContainerSpec.Mounts.VolumeOptions.Subpath',
    '1.46': 'TaskTemplate.ContainerSpec.OomScoreAdj TaskTemplate.ContainerSpec.Mounts.TmpfsOptions.Options',
    '1.48': 'TaskTemplate.ContainerSpec.Mounts.ImageOptions',
    '1.52': 'TaskTemplate.Resources.SwapBytes TaskTemplate.Resources.MemorySwappiness',
}.items() for field in fields.split())
_SERVICE_FIELDS['TaskTemplate.ContainerSpec.Mounts.Type'] = _MOUNT_TYPES
# The fields of the settings of a swarm that came later.
_SWARM_FIELDS = {
    'EncryptionConfig': '1.25', 'CAConfig.SigningCACert': '1.30', 'CAConfig.SigningCAKey': '1.30',
    'CAConfig.ForceRotate': '1.30', 'CAConfig.ExternalCAs.CACert': '1.30'}
# The fields of HostConfig that creation has in Config up to another version: there they are sent in it.
_FIELDS_OF_CONFIG = {
    'dns': (1, 10), 'volumesfrom': (1, 10), 'cpusetcpus': (1, 18), 'cpushares': (1, 18), 'memory': (1, 18),
    'memoryswap': (1, 18)}

# The filters of lists that came later than `filters`. An older engine lists everything in their place.
FILTERS = {
    ('GET', '/containers/json'): {
        'status': '1.14', 'label': '1.18', 'id': '1.18', 'name': '1.18', 'isolation': '1.21',
        'ancestor': '1.23', 'before': '1.23', 'since': '1.23', 'volume': '1.23', 'network': '1.24',
        'health': '1.25', 'is-task': '1.25', 'expose': '1.28', 'publish': '1.28'},
}

# The fields of the JSON bodies of other endpoints that came later than the endpoint. A dot leads into an
# object, or into each object of a list; * is any name. Of some fields, values came later: a dict of them.
BODY_FIELDS = {
    ('POST', '/containers/create'): {
        'Healthcheck.StartPeriod': '1.29', 'Healthcheck.StartInterval': '1.44',
        'HostConfig.Mounts.Consistency': '1.27', 'HostConfig.Mounts.BindOptions.NonRecursive': '1.40',
        'HostConfig.Mounts.BindOptions.CreateMountpoint': '1.42',
        'HostConfig.Mounts.BindOptions.ReadOnlyNonRecursive': '1.44',
        'HostConfig.Mounts.BindOptions.ReadOnlyForceRecursive': '1.44',
        'HostConfig.Mounts.VolumeOptions.Subpath': '1.45', 'HostConfig.Mounts.TmpfsOptions.Options': '1.46',
        'HostConfig.Mounts.ImageOptions': '1.48', 'HostConfig.Mounts.Type': _MOUNT_TYPES,
        'NetworkingConfig.EndpointsConfig.*.DriverOpts': '1.32',
        'NetworkingConfig.EndpointsConfig.*.GwPriority': '1.48'},
    ('POST', '/commit'): {'Healthcheck.StartPeriod': '1.29', 'Healthcheck.StartInterval': '1.44'},
    ('POST', '/containers/{}/update'): {
        'RestartPolicy': '1.23', 'CpuRealtimePeriod': '1.25', 'CpuRealtimeRuntime': '1.25',
        'NanoCpus': '1.29', 'PidsLimit': '1.40', 'BlkioWeightDevice': '1.55', 'BlkioDeviceReadBps': '1.55',
        'BlkioDeviceReadIOps': '1.55', 'BlkioDeviceWriteBps': '1.55', 'BlkioDeviceWriteIOps': '1.55'},
    ('POST', '/containers/{}/exec'): {
        'Privileged': '1.19', 'User': '1.19', 'DetachKeys': '1.23', 'Env': '1.25', 'WorkingDir': '1.35',
        'ConsoleSize': '1.42'},
    ('POST', '/exec/{}/start'): {'ConsoleSize': '1.42'},
    ('POST', '/services/create'): _SERVICE_FIELDS,
    ('POST', '/services/{}/update'): _SERVICE_FIELDS,
    ('POST', '/swarm/init'): dict(
        [('Spec.' + field, version) for field, version in _SWARM_FIELDS.items()], Availability='1.25',
        DataPathAddr='1.31', DefaultAddrPool='1.39', SubnetSize='1.39', DataPathPort='1.40'),
    ('POST', '/swarm/join'): {'Availability': '1.25', 'DataPathAddr': '1.31'},
    ('POST', '/swarm/update'): _SWARM_FIELDS,
    ('POST', '/secrets/create'): {'Driver': '1.31', 'Templating': '1.37'},
    ('POST', '/configs/create'): {'Templating': '1.37'},
    ('POST', '/networks/create'): {
        'Internal': '1.22', 'IPAM.Options': '1.22', 'EnableIPv6': '1.23', 'Labels': '1.23',
        'Attachable': '1.25', 'Ingress': '1.29', 'Scope': '1.30', 'ConfigOnly': '1.30', 'ConfigFrom': '1.30',
        'EnableIPv4': '1.48'},
    ('POST', '/networks/{}/connect'): {
        'EndpointConfig': '1.22', 'EndpointConfig.IPAMConfig.LinkLocalIPs': '1.24',
        'EndpointConfig.DriverOpts': '1.32', 'EndpointConfig.MacAddress': '1.44',
        'EndpointConfig.GwPriority': '1.48'},
    ('POST', '/networks/{}/disconnect'): {'Force': '1.22'},
    ('POST', '/volumes/create'): {'Labels': '1.23', 'ClusterVolumeSpec': '1.42'},
}

# As `_tree_of` returns them, by method and path; made on first use, to keep the import fast.
_TREES = {}
# The values of these fields that mean what engines without the field do; of all others, what is empty does.
_DEFAULTS = {'EnableIPv4': True}
# Query parameters that may be repeated since a later version, by the path of the endpoint.
_REPEATED = {
    '/images/{}/get': {'platform': '1.52'}, '/images/get': {'platform': '1.52'},
    '/images/load': {'platform': '1.52'}}
# The query parameters that an older engine can do without, as a change does what they are for.
_REPLACEABLE = {('GET', '/containers/{}/stats', 'stream')}

# What every engine has.
_OLDEST = '1.6'
# The newest version whose fields are listed here.
NEWEST = (1, 55)
# The version since which an engine takes gRPC over HTTP/2 where it takes the API.
GRPC_SINCE = (1, 53)
# What messages call a part of the API that is not named for what it does.
_NAMES = {'POST /session': 'BuildKit (POST /session)'}
_NAMES.update(('the parameter {0} of POST /build'.format(name), 'BuildKit (POST /build)')
              for name in ('version', 'session', 'buildid'))

# Fields in which an empty value has a meaning of its own.
_MEANINGFUL_IF_EMPTY = (
    'memoryswappiness', 'maskedpaths', 'readonlypaths', 'init', 'Mode.GlobalJob', 'Mode.ReplicatedJob')
# The version in which `start` takes no host config any more: the container is recreated.
_START_RECREATES = (1, 24)
# Docker 29 fails in a build in an older version, if it is configured to serve one.
_BUILD_PATHS = ('/build', '/images/{}/insert')


class Requirement(object):
    """Something in a call that came in a later version than 1.6.

    :param version: that version, a tuple of ints; None for what is in none.
    :param name: what it is, as text for a message.
    :param essential: False if the call means the same without it.
    """

    def __init__(self, version, name, essential):
        self.version = version
        self.name = _NAMES.get(name, name)
        self.essential = essential


def endpoint_in(table, method, path):
    """Return the path by which a table has the endpoint of a call, None when it does not have it.

    :param table: a dict whose keys are pairs of a method and a path, in which {} stands for a name.
    :param path: the path of the call, without the version.
    """
    if (method, path) in table:
        return path
    area, _, rest = path[1:].partition('/')
    parts = rest.split('/')
    # A name may have slashes. At most two words follow it.
    for words in (parts[-1:], parts[-2:], []):
        candidate = '/'.join(['', area, '{}'] + words)
        if rest and (method, candidate) in table:
            return candidate
    return None


def requirements(call, spoken, newest):
    """Return what a call has that came after 1.6: a list of Requirement.

    :param spoken: the version nearest to the caller's, a tuple of ints.
    :param newest: the engine's newest version, likewise.
    """
    path = call.endpoint
    if path is None:
        return []
    version, parameters = ENDPOINTS[call.method, path]
    found = []
    if version != _OLDEST:
        found.append(Requirement(parse_version(version), '{0} {1}'.format(call.method, path), True))
    body = call.json if call.body and (call.method, path) in BODY_FIELDS else {}
    found.extend(_of_newer_engines(path, call.query, body, newest))
    if parameters:
        found.extend(
            Requirement(parse_version(parameters[name]),
                        'the parameter {0} of {1} {2}'.format(name, call.method, path),
                        value != '' and (call.method, path, name) not in _REPLACEABLE)
            for name, value in call.query.items() if name in parameters)
    if path in _REPEATED:
        found.extend(
            Requirement(parse_version(since),
                        'more than one {0} of {1} {2}'.format(name, call.method, path), True)
            for name, since in _REPEATED[path].items() if isinstance(call.query.get(name), list))
    if (call.method, path) in FILTERS and call.query.get('filters'):
        found.extend(_of_filters(call.query['filters'], FILTERS[call.method, path], path))
    if body:
        found.extend(_of_body(body, call.method, path))
    if path in ('/containers/create', '/commit'):
        found.extend(_of_fields(body, CONFIG_FIELDS, 'of Config'))
    if path == '/containers/create':
        host_config = {key: value for key, value in (body.get('HostConfig') or {}).items()
                       if newest >= _FIELDS_OF_CONFIG.get(key.lower(), newest)}
        found.extend(_of_host_config(host_config, newest))
    elif path == '/containers/{}/start' and call.body:
        host_config = call.json
        found.extend(_of_host_config(host_config, newest))
        if spoken >= _START_RECREATES and any(host_config.values()):
            # In the newest version nothing of the container is lost when it is recreated.
            found.append(Requirement(min(newest, NEWEST), 'a host config of start', False))
    return found


def _of_newer_engines(path, query, body, newest):
    """Yield a Requirement for what newer engines take otherwise in an older version, or not at all."""
    if path == '/containers/{}/copy' and newest >= (1, 20):
        # Its own endpoint leaves the name of a directory out of the archive on engines that have both.
        yield Requirement((1, 20), 'GET /containers/{id}/archive', False)
    elif path in _BUILD_PATHS and newest >= (1, 52):
        yield Requirement((1, 30), 'POST /build', False)
    elif path == '/volumes/prune' and newest >= (1, 42) and 'all' in json.loads(query.get('filters') or '{}'):
        # In an older version the engine adds all=true to it.
        yield Requirement((1, 42), 'the filter all of POST /volumes/prune', False)
    elif path == '/containers/create' and newest >= (1, 42) and any(
            (body.get('HostConfig') or {}).get('ConsoleSize') or ()):
        # In an older version the engine drops it.
        yield Requirement((1, 42), 'ConsoleSize of HostConfig', False)


def _of_fields(values, versions, where):
    for key, value in values.items():
        version = versions.get(key.lower(), _OLDEST)
        if value is not None and version != _OLDEST:
            yield Requirement(parse_version(version), '{0} {1}'.format(key, where),
                              bool(value) or key.lower() in _MEANINGFUL_IF_EMPTY)


def _of_filters(filters, versions, path):
    for name in json.loads(filters):
        if name in versions:
            yield Requirement(parse_version(versions[name]), 'the filter {0} of {1}'.format(name, path), True)


def _of_body(body, method, path):
    found = {}
    _add_values(body, _tree_of(method, path), found)
    for place, values in sorted(found.items()):
        since = BODY_FIELDS[method, path][place]
        field = 'the field {0} of {1} {2}'.format(place, method, path)
        if isinstance(since, dict):
            for value in values:
                if value in since:
                    yield Requirement(parse_version(since[value]), '{0!s} in {1}'.format(value, field), True)
        else:
            yield Requirement(parse_version(since), field,
                              any(_is_essential(place, value) for value in values))


def _is_essential(place, value):
    if place in _DEFAULTS:
        return value != _DEFAULTS[place]
    return bool(value) or place in _MEANINGFUL_IF_EMPTY


def _tree_of(method, path):
    """Return the places of BODY_FIELDS for an endpoint as a tree: dicts by key, in which None has the place
    itself. A body is looked through once for all of them."""
    if (method, path) not in _TREES:
        tree = {}
        for place in BODY_FIELDS[method, path]:
            branch = tree
            for key in place.split('.'):
                branch = branch.setdefault(key, {})
            branch[None] = place
        _TREES[method, path] = tree
    return _TREES[method, path]


def _add_values(value, tree, found):
    """Add the values at all places of a tree to `found`, a dict of lists; those of each object of a list, and
    none for null."""
    if isinstance(value, list):
        for item in value:
            _add_values(item, tree, found)
        return
    if None in tree and value is not None:
        found.setdefault(tree[None], []).append(value)
    if isinstance(value, dict):
        for key, branch in tree.items():
            if key == '*':
                for item in value.values():
                    _add_values(item, branch, found)
            elif key in value:
                _add_values(value[key], branch, found)


def _of_host_config(host_config, newest):
    """Return the Requirements of a HostConfig. A newer engine may have fields that are not listed here."""
    host_config = host_config or {}
    found = list(_of_fields(host_config, HOST_CONFIG_FIELDS, 'of HostConfig'))
    found.extend(
        Requirement(newest if newest > NEWEST else None, '{0} of HostConfig'.format(key), bool(value))
        for key, value in host_config.items()
        if value is not None and key.lower() not in HOST_CONFIG_FIELDS)
    return found
