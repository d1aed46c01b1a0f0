"""What the engine may ask of the client during a build with BuildKit, from the arguments of the build.

Arguments are checked, and secrets read, before anything is sent or started.
"""

import six

from docker.buildkit import services
from docker.errors import MissingPackage


class BuildServices(object):
    """The services of one build: a resource, which is closed with it.

    :param secrets: as `build` takes it.
    :param ssh: likewise.
    :param outputs: likewise.
    :param given: the credentials that the build was given, a dict of the keys of registries.
    :param known: called with the key of a registry and the credentials given for it, or None; returns those
        to use, or None.
    :param all_known: called with `given`; returns all credentials to use, a dict as that.
    :raises docker.errors.MissingPackage: when one of these needs a session, and its package is not installed.

    `take_session` is False when there can be no session. `outputs` are those that the engine is sent, and
    `shared_key` is what the builds of one folder have in common.
    """

    def __init__(self, secrets, ssh, outputs, given, known, all_known):
        self.take_session = _has_h2()
        self._secrets, self._sources, self._agents = {}, {}, None
        self._methods, self.outputs, self.shared_key = {}, outputs, ''
        if outputs:
            from docker.build_outputs import output_methods
            self._methods, self.outputs = output_methods(outputs)
        if not self.take_session:
            _check_no_need(secrets=secrets, ssh=ssh, auth_config=given, outputs=self._methods)
        if secrets:
            from docker.build_secrets import convert_build_secrets
            self._secrets = convert_build_secrets(secrets)
        if ssh:
            from docker.ssh_agents import convert_ssh
            self._sources = convert_ssh(ssh)
        self._given = given
        self._known = known
        self._all_known = all_known

    def take_folder(self, path, dockerfile):
        """Let the engine get the files of a folder that it needs, and return the name of the Dockerfile.

        :param path: the folder, a str.
        :param dockerfile: the path of the Dockerfile in it.
        """
        from docker.context_files import context_methods
        methods, self.shared_key, name = context_methods(path, dockerfile)
        self._methods.update(methods)
        return name

    def methods(self):
        """Return what a session offers, as BuildSession takes it. Agents for key files are started for it."""
        methods = dict(self._methods, **services.health())
        methods.update(services.credentials(self._credentials()))
        if self._secrets:
            methods.update(services.secrets(self._secrets))
        if self._sources:
            from docker.ssh_agents import SshAgents
            self._agents = SshAgents(self._sources)
            methods.update(self._agents.methods())
        return methods

    def _credentials(self):
        """Return a function that takes the key of a registry, and returns its credentials or None."""
        if _is_importing():
            return self._all_known(self._given).get
        return lambda registry: self._known(registry, self._given.get(registry))

    def close(self):
        """End the agents of the build."""
        if self._agents is not None:
            self._agents.close()


def _is_importing():
    """Return whether a module is imported, and threads cannot run a credential helper until it is: on Python
    2.7 they wait before they start a program, and the module may be the one that builds."""
    if not six.PY2:
        return False
    import imp
    return imp.lock_held()


def _check_no_need(**arguments):
    """Raise a MissingPackage for an argument that needs a session."""
    for name, value in sorted(arguments.items()):
        if value:
            raise MissingPackage('{0} of a build takes the package h2, which is not installed: '
                                 'pip install h2, or the extra docker-py[buildkit]'.format(name))


def _has_h2():
    """Return whether the package of HTTP/2 is installed."""
    try:
        import h2.connection  # noqa: F401
    except ImportError:
        return False
    return True
