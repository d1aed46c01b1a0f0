# coding: utf-8
"""docker.types: dicts in the words of the API, built from arguments."""

import collections
import copy
import datetime
import json
import pickle

import pytest

from docker import types
from tests import PathObject
from tests.wire import raised

SECOND = 10 ** 9
CONTAINER = types.ContainerSpec('busybox')

BUILT = [
    # The names and the order of arguments of 2016.
    (types.ContainerSpec('busybox'), {'Image': 'busybox'}),
    (types.ContainerSpec('busybox', ['sh', '-c'], ['echo hi'], ['A=b'], '/srv', 'daemon', {'l': 'x'},
                         [types.Mount('/data', 'data')], 5 * SECOND),
     {'Image': 'busybox', 'Command': ['sh', '-c'], 'Args': ['echo hi'], 'Env': ['A=b'], 'Dir': '/srv',
      'User': 'daemon', 'Labels': {'l': 'x'}, 'StopGracePeriod': 5 * SECOND,
      'Mounts': [{'Target': '/data', 'Source': 'data', 'Type': 'volume', 'ReadOnly': False}]}),
    (types.ContainerSpec('busybox', 'sh -c "echo hi"', 'a "b c"',
                         collections.OrderedDict([('A', 'b'), ('N', 1)]), PathObject('/srv'), 1000,
                         mounts='data:/data:ro', stop_grace_period='1m'),
     {'Image': 'busybox', 'Command': ['sh', '-c', 'echo hi'], 'Args': ['a', 'b c'], 'Env': ['A=b', 'N=1'],
      'Dir': '/srv', 'User': '1000', 'StopGracePeriod': 60 * SECOND,
      'Mounts': [{'Target': '/data', 'Source': 'data', 'Type': 'volume', 'ReadOnly': True}]}),
    (types.ContainerSpec(
        'busybox', hostname='{{.Task.Slot}}', groups=['daemon', 5], tty=True, open_stdin=True, read_only=True,
        healthcheck={'Test': ['CMD', 'true'], 'Interval': '10s', 'Timeout': datetime.timedelta(seconds=3),
                     'StartPeriod': 5 * SECOND, 'Retries': 3},
        hosts={'db': '10.0.0.5'}, dns_config=types.DNSConfig(['10.0.0.2'], ['example.com'], ['ndots:1']),
        privileges=types.Privileges(selinux_disable=True), isolation='default', init=True,
        cap_add=['NET_ADMIN'],
        cap_drop='ALL', sysctls={'net.core.somaxconn': 1024}, stop_signal='SIGINT',
        ulimits=[{'Name': 'nofile', 'Soft': 10, 'Hard': -1}, {'name': 'core', 'soft': 0}],
        oom_score_adj=-500),
     {'Image': 'busybox', 'Hostname': '{{.Task.Slot}}', 'Groups': ['daemon', '5'], 'TTY': True,
      'OpenStdin': True,
      'ReadOnly': True, 'HealthCheck': {'Test': ['CMD', 'true'], 'Interval': 10 * SECOND,
                                        'Timeout': 3 * SECOND,
                                        'StartPeriod': 5 * SECOND, 'Retries': 3},
      'Hosts': ['10.0.0.5 db'],
      'DNSConfig': {'Nameservers': ['10.0.0.2'], 'Search': ['example.com'], 'Options': ['ndots:1']},
      'Privileges': {'SELinuxContext': {'Disable': True}}, 'Isolation': 'default', 'Init': True,
      'CapabilityAdd': ['NET_ADMIN'], 'CapabilityDrop': ['ALL'], 'Sysctls': {'net.core.somaxconn': '1024'},
      'StopSignal': 'SIGINT', 'OomScoreAdj': -500,
      'Ulimits': [{'Name': 'nofile', 'Soft': 10, 'Hard': -1}, {'Name': 'core', 'Soft': 0, 'Hard': 0}]}),
    (types.ContainerSpec('busybox', healthcheck={'test': 'nc -z 127.0.0.1 80', 'interval': 10, 'retries': 3,
                                                 'start_period': '1m'}),
     {'Image': 'busybox', 'HealthCheck': {'Test': ['CMD-SHELL', 'nc -z 127.0.0.1 80'], 'Retries': 3,
                                          'Interval': 10 * SECOND, 'StartPeriod': 60 * SECOND}}),
    (types.SecretReference('id', 'password'),
     {'SecretID': 'id', 'SecretName': 'password',
      'File': {'Name': 'password', 'UID': '0', 'GID': '0', 'Mode': 0o444}}),
    (types.SecretReference({'ID': 'id'}, 'password', 'key', 5, '6', 0o400),
     {'SecretID': 'id', 'SecretName': 'password', 'File': {'Name': 'key', 'UID': '5', 'GID': '6',
                                                           'Mode': 0o400}}),
    (types.ConfigReference({'ID': 'id'}, 'motd', '/etc/motd'),
     {'ConfigID': 'id', 'ConfigName': 'motd',
      'File': {'Name': '/etc/motd', 'UID': '0', 'GID': '0', 'Mode': 0o444}}),
    (types.Privileges(selinux_user='u', selinux_role='r', selinux_type='t', selinux_level='l'),
     {'SELinuxContext': {'User': 'u', 'Role': 'r', 'Type': 't', 'Level': 'l'}}),
    (types.Privileges(credentialspec_file='spec.json'), {'CredentialSpec': {'File': 'spec.json'}}),
    (types.Privileges(no_new_privileges=True, seccomp={'Mode': 'unconfined'}, apparmor={'Mode': 'disabled'}),
     {'NoNewPrivileges': True, 'Seccomp': {'Mode': 'unconfined'}, 'AppArmor': {'Mode': 'disabled'}}),

    (types.TaskTemplate(CONTAINER), {'ContainerSpec': {'Image': 'busybox'}}),
    (types.TaskTemplate(CONTAINER, types.Resources(mem_limit=4096), types.RestartPolicy('any'),
                        ['node.role == worker'], types.DriverConfig('json-file')),
     {'ContainerSpec': {'Image': 'busybox'}, 'Resources': {'Limits': {'MemoryBytes': 4096}},
      'RestartPolicy': {'Condition': 'any', 'Delay': 0, 'MaxAttempts': 0, 'Window': 0},
      'Placement': {'Constraints': ['node.role == worker']}, 'LogDriver': {'Name': 'json-file'}}),
    (types.TaskTemplate(CONTAINER, placement='node.role == worker', log_driver='local', force_update=3,
                        networks=['one', {'Id': 'two'}, types.NetworkAttachmentConfig('three', ['db'],
                                                                                      {'o': 1})]),
     {'ContainerSpec': {'Image': 'busybox'}, 'Placement': {'Constraints': ['node.role == worker']},
      'LogDriver': {'Name': 'local'}, 'ForceUpdate': 3,
      'Networks': [{'Target': 'one'}, {'Target': 'two'},
                   {'Target': 'three', 'Aliases': ['db'], 'DriverOpts': {'o': '1'}}]}),
    (types.Resources(), {}),
    (types.Resources(10 ** 9, '64m', 0.5, '1g',
                     collections.OrderedDict([('gpu', 2), ('fpga', 'uuid')]), 100, '1g', 50),
     {'Limits': {'NanoCPUs': 10 ** 9, 'MemoryBytes': 64 << 20, 'Pids': 100},
      'Reservations': {'NanoCPUs': 5 * 10 ** 8, 'MemoryBytes': 1 << 30, 'GenericResources': [
          {'DiscreteResourceSpec': {'Kind': 'gpu', 'Value': 2}},
          {'NamedResourceSpec': {'Kind': 'fpga', 'Value': 'uuid'}}]},
      'SwapBytes': 1 << 30, 'MemorySwappiness': 50}),
    (types.RestartPolicy(), {'Condition': 'none', 'Delay': 0, 'MaxAttempts': 0, 'Window': 0}),
    (types.RestartPolicy(types.RestartPolicy.condition_types.ON_FAILURE, 5 * SECOND, 3, '10s'),
     {'Condition': 'on-failure', 'Delay': 5 * SECOND, 'MaxAttempts': 3, 'Window': 10 * SECOND}),
    (types.UpdateConfig(), {'Parallelism': 0, 'FailureAction': 'continue'}),
    (types.UpdateConfig(2, 10 * SECOND, 'pause'),
     {'Parallelism': 2, 'Delay': 10 * SECOND, 'FailureAction': 'pause'}),
    (types.UpdateConfig(1, '10s', 'rollback', '1m', 0.25, 'start-first'),
     {'Parallelism': 1, 'Delay': 10 * SECOND, 'FailureAction': 'rollback', 'Monitor': 60 * SECOND,
      'MaxFailureRatio': 0.25, 'Order': 'start-first'}),
    (types.RollbackConfig(2, order='stop-first'),
     {'Parallelism': 2, 'FailureAction': 'continue', 'Order': 'stop-first'}),
    (types.ServiceMode('replicated'), {'Replicated': {}}),
    (types.ServiceMode('replicated', 0), {'Replicated': {'Replicas': 0}}),
    (types.ServiceMode('global'), {'Global': {}}),
    (types.ServiceMode('replicated-job', 6, 2), {'ReplicatedJob': {'TotalCompletions': 6,
                                                                   'MaxConcurrent': 2}}),
    (types.ServiceMode('global-job'), {'GlobalJob': {}}),
    (types.EndpointSpec(), {}),
    (types.EndpointSpec('dnsrr'), {'Mode': 'dnsrr'}),
    (types.EndpointSpec('vip', [{'TargetPort': 80, 'PublishedPort': 8080}]),
     {'Mode': 'vip', 'Ports': [{'TargetPort': 80, 'PublishedPort': 8080}]}),
    (types.EndpointSpec(ports={8080: 80}),
     {'Ports': [{'TargetPort': 80, 'Protocol': 'tcp', 'PublishedPort': 8080}]}),
    (types.EndpointSpec(ports={8080: (80, 'tcp', 'host')}),
     {'Ports': [{'TargetPort': 80, 'Protocol': 'tcp', 'PublishedPort': 8080, 'PublishMode': 'host'}]}),
    (types.EndpointSpec(ports={'5353': '53/udp'}),
     {'Ports': [{'TargetPort': 53, 'Protocol': 'udp', 'PublishedPort': 5353}]}),
    (types.EndpointSpec(ports={0: (53, 'udp')}), {'Ports': [{'TargetPort': 53, 'Protocol': 'udp'}]}),
    (types.EndpointSpec(ports={None: (80, None)}), {'Ports': [{'TargetPort': 80, 'Protocol': 'tcp'}]}),
    (types.EndpointSpec(ports={8080: (80, None, 'ingress')}),
     {'Ports': [{'TargetPort': 80, 'Protocol': 'tcp', 'PublishedPort': 8080, 'PublishMode': 'ingress'}]}),
    (types.Placement(['a == b'], [('spread', 'node.labels.rack')], [('x86_64', 'linux')], 2),
     {'Constraints': ['a == b'], 'Preferences': [{'Spread': {'SpreadDescriptor': 'node.labels.rack'}}],
      'Platforms': [{'Architecture': 'x86_64', 'OS': 'linux'}], 'MaxReplicas': 2}),
    (types.Placement(preferences=[types.PlacementPreference('spread', 'x')], platforms=[{'OS': 'linux'}]),
     {'Preferences': [{'Spread': {'SpreadDescriptor': 'x'}}], 'Platforms': [{'OS': 'linux'}]}),

    (types.Mount('/data', None), {'Target': '/data', 'Type': 'volume', 'ReadOnly': False}),
    (types.Mount('/data', '/srv', 'bind', True, 'rslave'),
     {'Target': '/data', 'Source': '/srv', 'Type': 'bind', 'ReadOnly': True,
      'BindOptions': {'Propagation': 'rslave'}}),
    (types.Mount('/data', 'data', 'volume', False, None, True, {'l': 'x'},
                 types.DriverConfig('nfs', {'share': 's'})),
     {'Target': '/data', 'Source': 'data', 'Type': 'volume', 'ReadOnly': False,
      'VolumeOptions': {'NoCopy': True, 'Labels': {'l': 'x'},
                        'DriverConfig': {'Name': 'nfs', 'Options': {'share': 's'}}}}),
    (types.Mount('/run', type='tmpfs', tmpfs_size='64m', tmpfs_mode=0o1777),
     {'Target': '/run', 'Type': 'tmpfs', 'ReadOnly': False,
      'TmpfsOptions': {'SizeBytes': 64 << 20, 'Mode': 0o1777}}),
    (types.Mount(PathObject('/a'), PathObject('/b'), 'bind', non_recursive=True, create_mountpoint=True,
                 consistency='cached'),
     {'Target': '/a', 'Source': '/b', 'Type': 'bind', 'ReadOnly': False, 'Consistency': 'cached',
      'BindOptions': {'NonRecursive': True, 'CreateMountpoint': True}}),
    (types.Mount('/a', 'data', subpath='sub', driver_config='local'),
     {'Target': '/a', 'Source': 'data', 'Type': 'volume', 'ReadOnly': False,
      'VolumeOptions': {'Subpath': 'sub', 'DriverConfig': {'Name': 'local'}}}),
    (types.Mount('/a', 'busybox', 'image', subpath='bin'),
     {'Target': '/a', 'Source': 'busybox', 'Type': 'image', 'ReadOnly': False,
      'ImageOptions': {'Subpath': 'bin'}}),
    (types.Mount.parse_mount_string('/data'), {'Target': '/data', 'Type': 'volume', 'ReadOnly': False}),
    (types.Mount.parse_mount_string('/srv:/data:rw'),
     {'Target': '/data', 'Source': '/srv', 'Type': 'bind', 'ReadOnly': False}),
    (types.Mount.parse_mount_string('data:/data:ro'),
     {'Target': '/data', 'Source': 'data', 'Type': 'volume', 'ReadOnly': True}),
    (types.DriverConfig('json-file', {'max-size': '10m'}),
     {'Name': 'json-file', 'Options': {'max-size': '10m'}}),

    (types.SwarmSpec(), {}),
    (types.SwarmSpec(5, 10000, 1, 500, 1, 3, 5 * SECOND, '2160h',
                     types.SwarmExternalCA('https://ca', 'cfssl', {'a': 'b'}), 'default'),
     {'Name': 'default', 'Orchestration': {'TaskHistoryRetentionLimit': 5}, 'Raft': {
         'SnapshotInterval': 10000, 'KeepOldSnapshots': 1, 'LogEntriesForSlowFollowers': 500,
         'HeartbeatTick': 1,
         'ElectionTick': 3}, 'Dispatcher': {'HeartbeatPeriod': 5 * SECOND},
      'CAConfig': {'NodeCertExpiry': 7776000 * SECOND, 'ExternalCAs': [
          {'URL': 'https://ca', 'Protocol': 'cfssl', 'Options': {'a': 'b'}}]}}),
    (types.SwarmSpec(external_cas=[types.SwarmExternalCA('https://ca', ca_cert='PEM')], labels={'a': 'b'},
                     signing_ca_cert='CERT', ca_force_rotate=1, autolock_managers=True, log_driver='local'),
     {'Labels': {'a': 'b'}, 'CAConfig': {'ExternalCAs': [{'URL': 'https://ca', 'CACert': 'PEM'}],
                                         'SigningCACert': 'CERT', 'ForceRotate': 1},
      'EncryptionConfig': {'AutoLockManagers': True}, 'TaskDefaults': {'LogDriver': {'Name': 'local'}}}),
    (types.SwarmSpec(task_history_retention_limit=0, autolock_managers=False),
     {'Orchestration': {'TaskHistoryRetentionLimit': 0}, 'EncryptionConfig': {'AutoLockManagers': False}}),
]


@pytest.mark.parametrize('built, expected', BUILT)
def test_words_of_the_api(built, expected):
    assert built == expected
    assert json.loads(json.dumps(built)) == expected
    for copied in (copy.copy(built), copy.deepcopy(built), pickle.loads(pickle.dumps(built, 2))):
        assert copied == expected and type(copied) is type(built)


BAD = [
    (lambda: types.ContainerSpec(None), TypeError, 'image takes'),
    (lambda: types.ContainerSpec('busybox', 'sh "'), ValueError, 'command takes'),
    (lambda: types.ContainerSpec('busybox', env={'A': True}), TypeError, 'env takes'),
    (lambda: types.ContainerSpec('busybox', mounts=['a:b:c:d']), ValueError, 'mounts takes'),
    (lambda: types.ContainerSpec('busybox', mounts=[5]), TypeError, 'mounts takes'),
    (lambda: types.ContainerSpec('busybox', mounts=5), TypeError, 'mounts takes'),
    (lambda: types.ContainerSpec('busybox', stop_grace_period=1.5), TypeError, 'stop_grace_period takes'),
    (lambda: types.ContainerSpec('busybox', tty=1), TypeError, 'tty takes'),
    (lambda: types.ContainerSpec('busybox', healthcheck={'Interval': 1.5}), TypeError,
     'healthcheck Interval takes'),
    (lambda: types.ContainerSpec('busybox', healthcheck='true'), TypeError, 'healthcheck takes'),
    (lambda: types.ContainerSpec('busybox', healthcheck={'Foo': 1}), ValueError, 'healthcheck takes'),
    (lambda: types.ContainerSpec('busybox', healthcheck={'Test': ['no']}), ValueError,
     'healthcheck test takes'),
    (lambda: types.ContainerSpec('busybox', oom_score_adj=1001), ValueError, 'oom_score_adj takes'),
    (lambda: types.Resources(memory_swappiness=101), ValueError, 'memory_swappiness takes'),
    (lambda: types.ContainerSpec('busybox', secrets=['password']), TypeError, 'secrets takes'),
    (lambda: types.ContainerSpec('busybox', ulimits=[{'soft': 5}]), TypeError, 'ulimits takes'),
    (lambda: types.ContainerSpec('busybox', isolation='none'), ValueError, 'isolation takes'),
    (lambda: types.ContainerSpec('busybox', hosts=[5]), TypeError, 'hosts takes'),
    (lambda: types.SecretReference('', 'password'), ValueError, 'secret_id takes'),
    (lambda: types.SecretReference('id', ''), ValueError, 'secret_name takes'),
    (lambda: types.ConfigReference('id', 'motd', mode='0444'), TypeError, 'mode takes'),
    (lambda: types.Privileges('file', 'registry'), ValueError,
     'credentialspec_file, credentialspec_registry and'),
    (lambda: types.TaskTemplate(None), TypeError, 'container_spec takes'),
    (lambda: types.TaskTemplate('busybox'), TypeError, 'container_spec takes'),
    (lambda: types.TaskTemplate(CONTAINER, resources='1g'), TypeError, 'resources takes'),
    (lambda: types.TaskTemplate(CONTAINER, networks=[5]), TypeError, 'networks takes'),
    (lambda: types.TaskTemplate(CONTAINER, log_driver=5), TypeError, 'log_driver takes'),
    (lambda: types.Resources(mem_limit='much'), ValueError, 'mem_limit takes'),
    (lambda: types.Resources(cpu_limit='much'), ValueError, 'cpu_limit takes'),
    (lambda: types.Resources(generic_resources={'gpu': 1.5}), TypeError, 'generic_resources takes'),
    (lambda: types.RestartPolicy('always'), ValueError, 'condition takes'),
    (lambda: types.RestartPolicy(max_attempts=-1), ValueError, 'max_attempts takes'),
    (lambda: types.UpdateConfig(failure_action='stop'), ValueError, 'failure_action takes'),
    (lambda: types.UpdateConfig('all'), TypeError, 'parallelism takes'),
    (lambda: types.UpdateConfig(max_failure_ratio=2), ValueError, 'max_failure_ratio takes'),
    (lambda: types.UpdateConfig(order='first'), ValueError, 'order takes'),
    (lambda: types.RollbackConfig(failure_action='rollback'), ValueError, 'failure_action takes'),
    (lambda: types.ServiceMode('many'), ValueError, 'mode takes'),
    (lambda: types.ServiceMode(None), TypeError, 'mode takes'),
    (lambda: types.ServiceMode('global', 3), ValueError, 'replicas takes'),
    (lambda: types.ServiceMode('replicated', 3, 1), ValueError, 'concurrency takes'),
    (lambda: types.ServiceMode('replicated', '3'), TypeError, 'replicas takes'),
    (lambda: types.EndpointSpec('any'), ValueError, 'mode takes'),
    (lambda: types.EndpointSpec(ports={8080: 70000}), ValueError, 'ports of EndpointSpec takes'),
    (lambda: types.EndpointSpec(ports={'x': 80}), ValueError, 'ports of EndpointSpec takes'),
    (lambda: types.EndpointSpec(ports='80:80'), TypeError,
     "ports takes a dict of ports of the nodes to ports of the tasks, like {8080: 80}, or a list of dicts, "
     "not '80:80'"),
    (lambda: types.Mount('/a', '/b'), ValueError,
     "source takes the name of a volume, not '/b': did you mean type='bind'?"),
    (lambda: types.EndpointSpec(ports={8080: (80, 'tcp', 'node')}), ValueError, 'ports takes'),
    (lambda: types.EndpointSpec(ports=[80]), TypeError, 'ports takes'),
    (lambda: types.Placement([5]), TypeError, 'constraints takes'),
    (lambda: types.Placement(preferences=['spread']), TypeError, 'preferences takes'),
    (lambda: types.PlacementPreference('pack', 'x'), ValueError, 'strategy takes'),
    (lambda: types.NetworkAttachmentConfig(''), ValueError, 'target takes'),
    (lambda: types.Mount(''), ValueError, 'target takes'),
    (lambda: types.Mount('/a', type='disk'), ValueError, 'type takes'),
    (lambda: types.Mount('/a', type='bind'), ValueError, 'source takes'),
    (lambda: types.Mount('/a', 'b', propagation='rslave'), ValueError, "type takes 'bind' with the options"),
    (lambda: types.Mount('/a', '/b', 'bind', no_copy=True), ValueError,
     "type takes 'volume' with the options"),
    (lambda: types.Mount('/a', 'b', tmpfs_size=5), ValueError, "type takes 'tmpfs' with the options"),
    (lambda: types.Mount('/a', type='tmpfs', tmpfs_mode='1777'), TypeError, 'tmpfs_mode takes'),
    (lambda: types.Mount('/a', type='tmpfs', tmpfs_mode=1 << 20), ValueError, 'tmpfs_mode takes'),
    (lambda: types.Mount.parse_mount_string('a:/b:no'), ValueError, 'mounts takes'),
    (lambda: types.Mount.parse_mount_string(':/b'), ValueError, 'mounts takes'),
    (lambda: types.Mount.parse_mount_string(5), TypeError, 'mounts takes'),
    (lambda: types.DriverConfig(''), ValueError, 'name takes'),
    (lambda: types.DriverConfig('a', 'b'), TypeError, 'options takes'),
    (lambda: types.SwarmSpec('5'), TypeError, 'task_history_retention_limit takes'),
    (lambda: types.SwarmSpec(external_ca=['https://ca']), TypeError, 'external_ca takes'),
    (lambda: types.SwarmSpec(external_ca='https://ca'), TypeError, 'external_ca takes'),
    (lambda: types.SwarmSpec(external_ca=[], external_cas=[]), ValueError, 'external_ca and external_cas'),
    (lambda: types.SwarmSpec(signing_ca_key=b'hush' if str is not bytes else 5), TypeError,
     'signing_ca_key takes'),
    (lambda: types.SwarmExternalCA(None), TypeError, 'url takes'),
]


@pytest.mark.parametrize('call, kind, message', BAD)
def test_bad_arguments(call, kind, message):
    error = raised(kind, call)
    assert str(error).startswith(message)
    assert 'hush' not in str(error)


def test_the_parts_of_a_task_template():
    template = types.TaskTemplate(CONTAINER, types.Resources(1), types.RestartPolicy(), ['a == b'])
    assert template.container_spec == {'Image': 'busybox'}
    assert template.resources == {'Limits': {'NanoCPUs': 1}}
    assert template.restart_policy['Condition'] == 'none'
    assert template.placement == {'Constraints': ['a == b']}
    assert types.TaskTemplate(CONTAINER).resources is None


def test_the_parts_of_a_service_mode():
    assert (types.ServiceMode('replicated', 3).mode, types.ServiceMode('replicated', 3).replicas) == (
        'replicated', 3)
    assert types.ServiceMode('global').replicas is None


def test_the_key_of_a_ca_is_not_shown():
    spec = types.SwarmSpec(signing_ca_key='hush', signing_ca_cert='CERT')
    assert spec['CAConfig'] == {'SigningCAKey': 'hush', 'SigningCACert': 'CERT'}
    assert 'hush' not in repr(spec) + str(spec) + '{0}'.format(spec)
    assert 'CERT' in repr(spec)


def test_a_part_that_changes_later_changes_no_other():
    spec = types.ContainerSpec('busybox')
    template = types.TaskTemplate(spec)
    spec['Image'] = 'other'
    assert template.container_spec == {'Image': 'busybox'}
