"""Remote API 1.38 (Docker 18.06, July 2018)."""

from docker.errors import NotSupported
from docker.transport.call import is_for_buildkit
from docker.transport.changes.change import refusal

# What BuildKit takes no account of, by the names of the parameters; of the latter, engines before API 1.42.
# BuildKit has a cgroup, but engines hand theirs not on to it: seen up to API 1.51.
_IGNORED = (
    'cgroupparent', 'cpuperiod', 'cpuquota', 'cpusetcpus', 'cpusetmems', 'cpushares', 'isolation', 'memory',
    'memswap')
_IGNORED_FIRST = ('shmsize', 'ulimits')


@refusal((1, 38), 'POST', '/build')
def buildkit_without_limits(call):
    """POST /build takes the version of the builder; BuildKit, version 2, has no limits of containers."""
    _refuse_parameters(call, _IGNORED, 'the engine gives it no such limit')


@refusal((1, 38), 'POST', '/build', when=lambda spoken, newest: (1, 38) <= spoken and newest < (1, 42))
def buildkit_without_ulimits(call):
    """BuildKit takes no size of /dev/shm and no ulimits from POST /build before API 1.42."""
    _refuse_parameters(call, _IGNORED_FIRST, 'BuildKit of engines before API 1.42 takes no account of it')


def _refuse_parameters(call, names, reason):
    if not is_for_buildkit(call):
        return
    for name in names:
        if call.query.get(name):
            raise NotSupported('The parameter {0} of POST /build is not supported with BuildKit: {1}. Leave '
                               'it out, or buildkit.'.format(name, reason))
