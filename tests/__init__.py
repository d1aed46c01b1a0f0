"""The tests, in the shape of the code that they test. Here is what several share: arguments, and the marks of
those for one Python alone."""

import io

import pytest
import six


class PathObject(object):
    """What `os.PathLike` objects are, also on Python 2.7."""

    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path

    def __iter__(self):
        # As py.path.local does, which pytest's tmpdir is.
        return iter(['a file of the folder'])


class Pipe(object):
    """A file that can only be read, like the output of a process."""

    def __init__(self, data):
        self._opened = io.BytesIO(data)

    def read(self, size=-1):
        return self._opened.read(size)


only_2 = pytest.mark.skipif(six.PY3, reason='str is bytes on Python 2.7 alone')
only_3 = pytest.mark.skipif(six.PY2, reason='bytes and text are one type on Python 2.7')
