"""What the engine may ask of the client during a build with BuildKit, from the arguments of the build.

Arguments are checked, and secrets read, before anything is sent or started.
"""

from docker.buildkit import services
from docker.errors import MissingPackage


class BuildServices(object):
    """The services of one build: a resource, which is closed with it.

    :param secrets: as `build` takes it.
    :param ssh: likewise.
    :param lookup: called with the key of a registry; returns its Credentials, or None.
    """

    def __init__(self, secrets, ssh, lookup):
        from docker.build_secrets import convert_build_secrets
        self._secrets = convert_build_secrets(secrets)
        self._sources = {}
        if ssh:
            from docker.ssh_agents import convert_ssh
            self._sources = convert_ssh(ssh)
        self._lookup = lookup
        self._agents = None

    def methods(self):
        """Return what a session offers, as BuildSession takes it. Agents for key files are started for it."""
        methods = services.health()
        methods.update(services.credentials(self._lookup))
        if self._secrets:
            methods.update(services.secrets(self._secrets))
        if self._sources:
            from docker.ssh_agents import SshAgents
            self._agents = SshAgents(self._sources)
            methods.update(self._agents.methods())
        return methods

    def close(self):
        if self._agents is not None:
            self._agents.close()


def can_have_session(**arguments):
    """Return whether the package is installed that a session needs.

    :param arguments: those that need a session, by name.
    :raises docker.errors.MissingPackage: when it is not, and one of them is given.
    """
    try:
        import h2.connection  # noqa: F401
        return True
    except ImportError:
        pass
    for name, value in sorted(arguments.items()):
        if value:
            raise MissingPackage("{0} of a build takes the package h2, which is not installed: "
                                 "pip install 'docker-py[buildkit]', or h2".format(name))
    return False
