"""The settings of a swarm: SwarmSpec, and an external certificate authority.

Each class is a dict in the words of the API, built from arguments. None leaves a field out, so that the
engine's default applies.
"""

from six.moves import collections_abc

from docker.mounts import driver_of
from docker.service_values import (
    convert_bool, convert_dict, convert_int, convert_list)
from docker.units import convert_nanoseconds
from docker.validation import check_if_given, check_nonempty_text, check_text_map, without_none


class SwarmSpec(dict):
    """The settings of a swarm.

    Neither the repr nor a message of an error shows `signing_ca_key`.

    :param task_history_retention_limit: how many ended tasks of each slot are kept, an int.
    :param snapshot_interval: the number of log entries between snapshots of Raft, an int.
    :param keep_old_snapshots: how many snapshots are kept beside the current one, an int.
    :param log_entries_for_slow_followers: how many log entries are kept for followers after a snapshot, an
        int.
    :param heartbeat_tick: the ticks between heartbeats of the leader, an int.
    :param election_tick: the ticks without a leader until an election, an int.
    :param dispatcher_heartbeat_period: the time between heartbeats of a node: nanoseconds as an int, or text
        like ``'5s'``, or a timedelta.
    :param node_cert_expiry: how long the certificates of nodes are valid, likewise: ``'2160h'``.
    :param external_ca: a SwarmExternalCA, or a list of them.
    :param name: of the swarm, ``'default'`` on all engines.
    :param external_cas: a list of SwarmExternalCA.
    :param labels: a dict of text.
    :param signing_ca_cert: the certificate of a CA of one's own, as PEM text (since API 1.30).
    :param signing_ca_key: its key, as PEM text (since API 1.30).
    :param ca_force_rotate: an int; another one than before rotates the CA (since API 1.30).
    :param autolock_managers: True to encrypt the keys of managers: after a restart each has to be unlocked
        (`unlock_swarm`) (since API 1.25).
    :param log_driver: the default of services: a DriverConfig, or the name of a driver.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.SwarmSpec(task_history_retention_limit=2, node_cert_expiry='720h')
    """

    def __init__(self, task_history_retention_limit=None, snapshot_interval=None, keep_old_snapshots=None,
                 log_entries_for_slow_followers=None, heartbeat_tick=None, election_tick=None,
                 dispatcher_heartbeat_period=None, node_cert_expiry=None, external_ca=None, name=None,
                 external_cas=None, labels=None, signing_ca_cert=None, signing_ca_key=None,
                 ca_force_rotate=None, autolock_managers=None, log_driver=None):
        if external_ca is not None and external_cas is not None:
            raise ValueError('external_ca and external_cas are the same: one of them may be given')
        authorities = external_cas if external_ca is None else external_ca
        super(SwarmSpec, self).__init__(_without_empty({
            'Name': None if name is None else check_nonempty_text(name, 'name'),
            'Labels': check_if_given(check_text_map, labels, 'labels'),
            'Orchestration': {'TaskHistoryRetentionLimit': convert_int(
                task_history_retention_limit, 'task_history_retention_limit')},
            'Raft': {
                'SnapshotInterval': convert_int(snapshot_interval, 'snapshot_interval'),
                'KeepOldSnapshots': convert_int(keep_old_snapshots, 'keep_old_snapshots'),
                'LogEntriesForSlowFollowers': convert_int(
                    log_entries_for_slow_followers, 'log_entries_for_slow_followers'),
                'HeartbeatTick': convert_int(heartbeat_tick, 'heartbeat_tick'),
                'ElectionTick': convert_int(election_tick, 'election_tick')},
            'Dispatcher': {'HeartbeatPeriod': convert_nanoseconds(
                dispatcher_heartbeat_period, 'dispatcher_heartbeat_period')},
            'CAConfig': {
                'NodeCertExpiry': convert_nanoseconds(node_cert_expiry, 'node_cert_expiry'),
                'ExternalCAs': convert_list(authorities, 'external_ca', convert_dict),
                'SigningCACert': _check_pem(signing_ca_cert, 'signing_ca_cert'),
                'SigningCAKey': _check_pem(signing_ca_key, 'signing_ca_key'),
                'ForceRotate': convert_int(ca_force_rotate, 'ca_force_rotate')},
            'EncryptionConfig': {'AutoLockManagers': convert_bool(autolock_managers, 'autolock_managers')},
            'TaskDefaults': {'LogDriver': driver_of(log_driver, 'log_driver')}}))

    def __repr__(self):
        shown = dict(self)
        if (shown.get('CAConfig') or {}).get('SigningCAKey'):
            shown['CAConfig'] = dict(shown['CAConfig'], SigningCAKey='***')
        return repr(shown)


class SwarmExternalCA(dict):
    """A certificate authority outside of the swarm that signs the certificates of its nodes.

    :param url: its address, as text.
    :param protocol: ``'cfssl'``, the only one of all engines.
    :param options: a dict of text.
    :param ca_cert: its root certificate, as PEM text (since API 1.30).
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.SwarmExternalCA('https://ca.example.com/sign', 'cfssl')
    """

    def __init__(self, url, protocol=None, options=None, ca_cert=None):
        super(SwarmExternalCA, self).__init__(without_none({
            'URL': check_nonempty_text(url, 'url'),
            'Protocol': None if protocol is None else check_nonempty_text(protocol, 'protocol'),
            'Options': check_if_given(check_text_map, options, 'options'),
            'CACert': _check_pem(ca_cert, 'ca_cert')}))


def _check_pem(value, name):
    """Return PEM text, or None. No message shows it, as it may be a key."""
    if value is not None and not hasattr(value, 'encode'):
        raise TypeError('{0} takes PEM text, not a value of type {1}'.format(name, type(value).__name__))
    return None if value is None else check_nonempty_text(value, name)


def _without_empty(sections):
    """Return a dict without what is None, and without the sections in which nothing is set."""
    sections = dict((key, (without_none(value) or None) if isinstance(value, collections_abc.Mapping)
                     else value) for key, value in sections.items())
    return without_none(sections)
