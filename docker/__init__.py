"""The classic synchronous Python client for the Docker Engine.

    import docker
    client = docker.Client()
    print(client.version()['Version'])
"""

import importlib
import logging
import sys

from docker.distributions import check_not_mixed

check_not_mixed()
# Silent, unless the program configures logging.
logging.getLogger('docker').addHandler(logging.NullHandler())

from docker import errors                                   # noqa: E402
from docker.client import AutoVersionClient, Client, from_env                       # noqa: E402
from docker.errors import APIError, DockerException         # noqa: E402
# The text takes the name of the module, as in docker-py 1.x; `from docker.version import version` works too.
from docker.version import version, version_info            # noqa: E402

__version__ = version


def lines(stream, encoding='utf-8', errors='replace'):
    """Return the lines of a stream as text, whole, however its items are cut.

    :param stream: what logs, attach, exec_start, exec_run and run return, and build of a Client of API 1.6 or
        1.7: bytes, text, a pair of bytes (with `demux`), or an iterator of these. Not for streams of JSON
        objects, such as that of events: each item is whole there.
    :param encoding: the encoding of bytes, as text.
    :param errors: what becomes of bytes in no such encoding, as for `bytes.decode`: ``'replace'`` is U+FFFD.
    :returns: a generator of text (unicode on Python 2.7): each line without its end, a line feed that a
        carriage return may precede. The last line needs no end. Of pairs it yields pairs: ``(line, None)`` of
        standard output, ``(None, line)`` of standard error. Its `close()` closes the stream too, and so does
        a `with` block, its end, and dropping it.
    :raises TypeError, ValueError: for invalid arguments; TypeError by the generator, for items of another
        type.

        >>> for line in docker.lines(client.logs('web', stream=True)):
        ...     print(line)
    """
    # Imported here, as few programs use it.
    from docker.text_lines import text_lines
    return text_lines(stream, encoding, errors)


# The modules that are attributes of docker after `import docker`, besides those imported above.
_MODULES = ('auth', 'constants', 'progress', 'tls', 'types', 'utils')

__all__ = ['APIError', 'AutoVersionClient', 'Client', 'DockerException', '__version__', 'auth', 'constants',
           'errors', 'from_env', 'lines', 'progress', 'tls', 'types', 'utils', 'version', 'version_info']

if sys.version_info >= (3, 7):
    def __getattr__(name):
        # They are imported on first use, to keep `import docker` fast.
        if name in _MODULES:
            return importlib.import_module('docker.' + name)
        from docker.guidance import no_module_attribute
        raise no_module_attribute(name, __dir__(), sys._getframe(1))

    def __dir__():
        return sorted(set(globals()) | set(_MODULES))
else:
    for _name in _MODULES:
        importlib.import_module('docker.' + _name)
