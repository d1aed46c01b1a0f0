"""What is logged, at level DEBUG, by the logger `docker.transport`: each request that is sent, and decisions.

A request is one line: its method, its path with the version on the wire and its query, the status and the
seconds until the head of the response. There are no headers and no bodies. Of the query, a value is shown
only where it cannot hold a secret; of a URL that the engine is to download, no user and no query.
"""

import logging
import re

from six.moves.urllib.parse import quote, unquote

from docker.compat import monotonic

_log = logging.getLogger('docker.transport')
# The parameters whose values are shown.
_SHOWN = frozenset((
    'all before condition container copyUIDGID cpuperiod cpuquota cpusetcpus cpusetmems cpushares '
    'detachKeys details digests dockerfile filter filters follow force forcerm fromImage h identity '
    'insertDefaults isolation keep- limit link logs manifests max-used-space memory memswap '
    'min-free-space name names networkmode noOverwriteDirNonDir nocache noprune one-shot path pause '
    'platform platforms ps_args pull q quiet registryAuthFrom repo reserved-space rm rollback '
    'rotateManagerToken rotateManagerUnlockKey rotateWorkerToken scope shared-size shmsize signal '
    'since size squash statement status stderr stdin stdout storage stream t tag tail target term '
    'timeout timestamps trunc_cmd type until v verbose version w').split())
_URLS = ('fromSrc', 'remote', 'url')
# Compiled on first use, to keep the import fast.
_USER_OF_URL = r'(?s)^((?:[A-Za-z+.-]*:?//)?).*@'
_QUERY_OF_URL = r'(?s)[?#].*$'


def log_exchange(exchange, request, *args):
    """Call `exchange`, which sends a request and returns the response, and log that.

    :param request: the PreparedRequest, the first argument of `exchange`.
    :returns: what it returns.
    """
    if not is_logging():
        return exchange(request, *args)
    started = monotonic()
    try:
        response = exchange(request, *args)
    except BaseException as error:
        log_request(request, type(error).__name__, started)
        raise
    log_request(request, response.status_code, started)
    return response


def is_logging():
    """Return whether anything is logged."""
    return _log.isEnabledFor(logging.DEBUG)


def log_request(request, outcome, started):
    """Log a request that was sent.

    :param request: the PreparedRequest.
    :param outcome: the status of the response, or the name of an exception.
    :param started: when it was sent, by `docker.compat.monotonic`.
    """
    log_decision('{0} {1}: {2}, {3:.3f} s', request.method, _target_to_show(request.path_url), outcome,
                 monotonic() - started)


def log_decision(text, *values):
    """Log a line.

    :param text: text, in which {0}, {1} ... stand for `values`.
    """
    if is_logging():
        _log.debug(text.format(*values))


def _target_to_show(target):
    """Return the path and the query of a request without what may be a secret."""
    path, mark, query = target.partition('?')
    return path + mark + '&'.join(map(_parameter_to_show, query.split('&')))


def _parameter_to_show(parameter):
    name, equals, value = parameter.partition('=')
    if name in _URLS:
        value = re.sub(_USER_OF_URL, r'\g<1>***@', unquote(value))
        value = quote(re.sub(_QUERY_OF_URL, '?***', value), safe=':/@?*')
    elif name not in _SHOWN and value:
        value = '***'
    return name + equals + value
