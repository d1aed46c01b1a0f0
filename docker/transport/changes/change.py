"""A change: one difference between a version of the API and the one before, as a small function.

A change is registered with its version, method and path, and is of one of five kinds:

    @request   f(call)            changes the call, in place, from the version before to this one
    @response  f(response, call)  returns the response as the version before had it
    @error     f(response, call)  the same for the response that is an error
    @exchange  f(call, send)      returns the response; for what needs follow-up requests: `send` sends one
    @refusal   f(call)            raises NotSupported for what this version cannot do, before anything is sent

Its docstring is the sentence of the version history. A change that an engine made to all of its versions
at once is marked `everywhere=True`: it depends on the engine's newest version, not on the one that is
spoken. `when`, a function of both, is for the few that depend on something else. A response is changed
only for callers who want an older version; with `always=True` for all. A request is changed for all, and with
`older=True` for those alone: for what a version lets a request without a parameter mean.
"""

import re

CHANGES = []
PODMAN = None


class Change(object):
    """A registered change.

    :param version: a tuple of ints, or PODMAN.
    :param method: the method of the calls that it is about, ``'*'`` for any.
    :param path: their path, in which {} stands for a name.
    :param kind: ``'request'``, ``'response'``, ``'error'``, ``'exchange'`` or ``'refusal'``.
    :param function: what it does.
    :param when: a function of the spoken and the engine's newest version.
    :param always: True to change a response for callers of all versions.
    :param older: True to change a request only for callers of older versions.
    """

    def __init__(self, version, method, path, kind, function, when, always, older):
        self.version = version
        self.method = method
        self.path = path
        self.kind = kind
        self.of_response = kind in ('response', 'error')
        self.function = function
        self.when = when
        self._for_all = always or not (self.of_response or older)
        self._before, name, after = path.partition('{}')
        self._after = after if name else None

    def applies(self, spoken, newest, wanted, podman):
        """Return whether it lies between two versions, all tuples of ints.

        :param spoken: the version on the wire: requests are changed from 1.6 to this one.
        :param newest: the engine's newest.
        :param wanted: the caller's: responses are changed from `spoken` to this one.
        :param podman: whether the engine is Podman.
        """
        if self.version is PODMAN:
            return podman
        if not self.when(spoken, newest):
            return False
        return self._for_all or wanted < self.version

    def matches(self, method, path):
        """Return whether it is about a call, by its method, and its path or that of its endpoint."""
        if self.method != method and self.method != '*':
            return False
        if self._after is None:
            return path == self.path
        return (path.startswith(self._before) and path.endswith(self._after) and
                len(path) > len(self._before) + len(self._after))

    def apply(self, call, send):
        """Send a call through this request or exchange; `send` sends it through the later changes."""
        if self.kind == 'exchange':
            return self.function(call, send)
        self.function(call)
        return send(call)

    @property
    def sentence(self):
        return ' '.join(self.function.__doc__.split())


def _decorator(kind):
    def change(version, method, path, everywhere=False, when=None, always=False, older=False):
        def by_version(spoken, newest):
            return version <= (newest if everywhere else spoken)

        def register(function):
            CHANGES.append(Change(version, method, path, kind, function, when or by_version, always,
                                  older))
            return function
        return register
    return change


request = _decorator('request')
response = _decorator('response')
error = _decorator('error')
exchange = _decorator('exchange')
refusal = _decorator('refusal')


def name_in(path, call):
    """Return the quoted name that stands for {} of `path` in the path of a call."""
    return re.match('^' + path.replace('{}', '(.+)') + '$', call.path).group(1)
