"""What the containers of a service run: a ContainerSpec, and what it consists of.

Each class is a dict in the words of the API, built from arguments; a caller may add any other field of the
API. None leaves a field out.
"""

from docker.config import convert_command, convert_environment
from docker.health import convert_healthcheck
from docker.limits import convert_ulimit
from docker.mounts import convert_mount_of_service
from docker.service_values import (
    convert_bool, convert_choice, convert_dict, convert_id, convert_int, convert_list)
from docker.units import convert_nanoseconds
from docker.validation import (
    check_if_given, check_nonempty_text, check_path, check_text, check_text_map, check_text_or_int,
    identifier, is_absent, without_none)
from six.moves import collections_abc


class ContainerSpec(dict):
    """What the containers of a service run.

    :param image: its name, as text; it may include the tag or the digest.
    :param command: what replaces the image's entrypoint: text, split as a shell does, or a list of words.
    :param args: what replaces the image's command, in the same forms.
    :param env: ``{'NAME': 'value'}`` or ``['NAME=value']``.
    :param workdir: a path in the container.
    :param user: a name or a number, as text or int.
    :param labels: of the containers: a dict of text.
    :param mounts: a list of Mount, or of text like ``'source:target:ro'``.
    :param stop_grace_period: how long a container may take to stop: nanoseconds as an int, or text like
        ``'10s'``, or a timedelta.
    :param secrets: a list of SecretReference (since API 1.25).
    :param tty: True to allocate a terminal (since API 1.25).
    :param groups: a list of the additional groups of the user, as text or ints (since API 1.25).
    :param open_stdin: True to keep stdin open (since API 1.25).
    :param healthcheck: as `create_container` takes it: ``{'test': 'nc -z 127.0.0.1 80', 'interval': 10}``,
        or Test, Interval, Timeout, StartPeriod, StartInterval (since API 1.44), each a duration as above, and
        Retries (since API 1.25).
    :param hosts: lines of /etc/hosts: ``{'db': '10.0.0.5'}``, or a list of ``'10.0.0.5 db'`` (since API
        1.25).
    :param dns_config: a DNSConfig (since API 1.25).
    :param configs: a list of ConfigReference (since API 1.30).
    :param privileges: a Privileges (since API 1.29).
    :param isolation: ``'default'``, ``'process'`` or ``'hyperv'``, on Windows (since API 1.35).
    :param init: True to run an init process (since API 1.37).
    :param cap_add: a list of capabilities to add (since API 1.41).
    :param cap_drop: a list of capabilities to drop (since API 1.41).
    :param sysctls: a dict of text (since API 1.40).
    :param hostname: text; it may have the placeholders ``{{.Node.Hostname}}``, ``{{.Task.Slot}}``, ...
        (since API 1.25).
    :param read_only: True to mount the root file system read-only (since API 1.28).
    :param stop_signal: its name, as text (since API 1.28).
    :param ulimits: a list of Ulimit, or of dicts of Name, Soft and Hard (since API 1.41).
    :param oom_score_adj: an int of -1000 to 1000 (since API 1.46).
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.ContainerSpec('busybox', ['httpd', '-f'], env={'A': 'b'}, mounts=['data:/data:ro'])
    """

    def __init__(self, image, command=None, args=None, env=None, workdir=None, user=None, labels=None,
                 mounts=None, stop_grace_period=None, secrets=None, tty=None, groups=None, open_stdin=None,
                 healthcheck=None, hosts=None, dns_config=None, configs=None, privileges=None,
                 isolation=None, init=None, cap_add=None, cap_drop=None, sysctls=None, hostname=None,
                 read_only=None, stop_signal=None, ulimits=None, oom_score_adj=None):
        super(ContainerSpec, self).__init__(without_none({
            'Image': identifier(image, 'image'),
            'Command': convert_command(command),
            'Args': convert_command(args, 'args'),
            'Env': convert_environment(env, 'env'),
            'Dir': None if is_absent(workdir) else check_path(workdir, 'workdir'),
            'User': None if is_absent(user) else check_text_or_int(user, 'user'),
            'Labels': check_if_given(check_text_map, labels, 'labels'),
            'Mounts': convert_list(mounts, 'mounts', convert_mount_of_service),
            'StopGracePeriod': convert_nanoseconds(stop_grace_period, 'stop_grace_period'),
            'Secrets': convert_list(secrets, 'secrets', convert_dict),
            'TTY': convert_bool(tty, 'tty'),
            'Groups': convert_list(groups, 'groups', check_text_or_int),
            'OpenStdin': convert_bool(open_stdin, 'open_stdin'),
            'HealthCheck': convert_healthcheck(healthcheck),
            'Hosts': _convert_hosts(hosts),
            'DNSConfig': convert_dict(dns_config, 'dns_config'),
            'Configs': convert_list(configs, 'configs', convert_dict),
            'Privileges': convert_dict(privileges, 'privileges'),
            'Isolation': convert_choice(isolation, 'isolation', ('default', 'process', 'hyperv', '')),
            'Init': convert_bool(init, 'init'),
            'CapabilityAdd': convert_list(cap_add, 'cap_add', check_nonempty_text),
            'CapabilityDrop': convert_list(cap_drop, 'cap_drop', check_nonempty_text),
            'Sysctls': check_if_given(check_text_map, sysctls, 'sysctls'),
            'Hostname': None if hostname is None else check_text(hostname, 'hostname'),
            'ReadOnly': convert_bool(read_only, 'read_only'),
            'StopSignal': None if stop_signal is None else check_nonempty_text(stop_signal, 'stop_signal'),
            'Ulimits': convert_list(ulimits, 'ulimits', convert_ulimit),
            'OomScoreAdj': convert_int(oom_score_adj, 'oom_score_adj', -1000, 1000),
        }))


def _convert_hosts(value):
    """Return the lines of /etc/hosts: an address and then its names."""
    if isinstance(value, collections_abc.Mapping):
        value = [u'{0!s} {1!s}'.format(check_text(address, 'hosts'), check_text(name, 'hosts'))
                 for name, address in value.items()]
    return convert_list(value, 'hosts', check_nonempty_text)


class DNSConfig(dict):
    """The name servers of the containers of a service.

    :param nameservers: a list of IP addresses.
    :param search: a list of domains.
    :param options: a list of options of resolv.conf.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.DNSConfig(['10.0.0.2'], search=['example.com'])
    """

    def __init__(self, nameservers=None, search=None, options=None):
        super(DNSConfig, self).__init__(without_none({
            'Nameservers': convert_list(nameservers, 'nameservers', check_nonempty_text),
            'Search': convert_list(search, 'search', check_nonempty_text),
            'Options': convert_list(options, 'options', check_nonempty_text)}))


class Privileges(dict):
    """The security options of the containers of a service.

    :param credentialspec_file: the name of a file with a credential spec, on Windows.
    :param credentialspec_registry: the name of a value in the registry of Windows.
    :param selinux_disable: True to disable SELinux.
    :param selinux_user: text.
    :param selinux_role: text.
    :param selinux_type: text.
    :param selinux_level: text.
    :param credentialspec_config: the id of a config (since API 1.40).
    :param no_new_privileges: True to allow no new privileges (since API 1.44).
    :param seccomp: a dict of Mode (``'default'``, ``'unconfined'`` or ``'custom'``) and Profile (since API
        1.44).
    :param apparmor: a dict of Mode (``'default'`` or ``'disabled'``) (since API 1.44).
    :raises TypeError, ValueError: for anything else, and for more than one credential spec.

        >>> docker.types.Privileges(no_new_privileges=True)
    """

    def __init__(self, credentialspec_file=None, credentialspec_registry=None, selinux_disable=None,
                 selinux_user=None, selinux_role=None, selinux_type=None, selinux_level=None,
                 credentialspec_config=None, no_new_privileges=None, seccomp=None, apparmor=None):
        def text(value, name):
            return None if value is None else check_nonempty_text(value, name)
        credential_spec = without_none({
            'File': text(credentialspec_file, 'credentialspec_file'),
            'Registry': text(credentialspec_registry, 'credentialspec_registry'),
            'Config': text(credentialspec_config, 'credentialspec_config')})
        if len(credential_spec) > 1:
            raise ValueError('credentialspec_file, credentialspec_registry and credentialspec_config exclude '
                             'each other: one of them may be given')
        selinux = without_none({
            'Disable': convert_bool(selinux_disable, 'selinux_disable'),
            'User': text(selinux_user, 'selinux_user'), 'Role': text(selinux_role, 'selinux_role'),
            'Type': text(selinux_type, 'selinux_type'), 'Level': text(selinux_level, 'selinux_level')})
        super(Privileges, self).__init__(without_none({
            'CredentialSpec': credential_spec or None, 'SELinuxContext': selinux or None,
            'NoNewPrivileges': convert_bool(no_new_privileges, 'no_new_privileges'),
            'Seccomp': convert_dict(seccomp, 'seccomp'), 'AppArmor': convert_dict(apparmor, 'apparmor')}))


class SecretReference(dict):
    """A secret in the containers of a service: a file in /run/secrets.

    :param secret_id: its id, or a dict with ID.
    :param secret_name: its name, as text.
    :param filename: the name of the file; None for the name of the secret.
    :param uid: the owner of the file, text or an int; None for 0.
    :param gid: its group, likewise.
    :param mode: its mode, an int.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.SecretReference(client.create_secret('password', b'...'), 'password')
    """

    def __init__(self, secret_id, secret_name, filename=None, uid=None, gid=None, mode=0o444):
        super(SecretReference, self).__init__({
            'SecretID': identifier(secret_id, 'secret_id'),
            'SecretName': check_nonempty_text(secret_name, 'secret_name'),
            'File': _file_in_container(secret_name if filename is None else filename, uid, gid, mode)})


class ConfigReference(dict):
    """A config in the containers of a service: a file.

    :param config_id: its id, or a dict with ID.
    :param config_name: its name, as text.
    :param filename: the path of the file; None for the name of the config, in /.
    :param uid: the owner of the file, text or an int; None for 0.
    :param gid: its group, likewise.
    :param mode: its mode, an int.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.ConfigReference(client.create_config('motd', b'...'), 'motd', '/etc/motd')
    """

    def __init__(self, config_id, config_name, filename=None, uid=None, gid=None, mode=0o444):
        super(ConfigReference, self).__init__({
            'ConfigID': identifier(config_id, 'config_id'),
            'ConfigName': check_nonempty_text(config_name, 'config_name'),
            'File': _file_in_container(config_name if filename is None else filename, uid, gid, mode)})


def _file_in_container(name, uid, gid, mode):
    return {'Name': check_nonempty_text(check_path(name, 'filename'), 'filename'),
            'UID': convert_id(uid, 'uid') or u'0', 'GID': convert_id(gid, 'gid') or u'0',
            'Mode': convert_int(mode, 'mode')}
