"""Attributes with an underscore that programs and subclasses of docker-py 1.x use.

The calls do not use them. `_url`, `_get`, `_post`, `_post_json`, `_put` and `_delete`, which such programs
use too, are those of the calls, in docker.session.
"""


class FormerNames(object):
    """The rest of what requests and responses of a program's own go through. A part of EngineSession."""

    def __getattr__(self, name):
        # Programs compare _version before their first call, so for 'auto' it is negotiated. dir() does not
        # list it, so that looking at a Client sends nothing.
        if name != '_version' or '_chosen' not in vars(self):
            error = AttributeError(_NoAttribute(type(self), name))
            # Python 3.10 and later would suggest a name of their own.
            error.obj = None
            raise error
        if self._chosen == 'auto' and self.api_version is None:
            self._checked(self._get(self._url('/version')))
        return self.api_version if self._chosen == 'auto' else self._chosen

    def _raise_for_status(self, response, explanation=None):
        self._checked(response)

    def _result(self, response, json=False, binary=False):
        """Return the content of a response: its JSON value, bytes, or text."""
        if json and binary:
            raise TypeError('a result is either json or binary')
        if json:
            return self._json(response)
        return self._checked(response).content if binary else self._text(response)

    def _stream_helper(self, response, decode=False):
        """Return an iterator of the JSON objects of a response: texts, or to `decode` dicts."""
        return self._json_items(response, True, decode)

    def _set_request_timeout(self, kwargs):
        """Add the timeout to the arguments of a request, a dict, which is returned."""
        kwargs.setdefault('timeout', self.timeout)
        return kwargs


class _NoAttribute(object):
    """The message about an attribute that there is not, written when it is read: hasattr() does not."""

    def __init__(self, kind, name):
        self._kind = kind
        self._name = name

    def __str__(self):
        # Imported on first use, to keep `import docker` fast.
        from docker.guidance import explain_attribute
        return explain_attribute(self._kind, self._name)

    def __repr__(self):
        return repr(str(self))

    def __reduce__(self):
        return str, (str(self),)


__all__ = ['FormerNames']
