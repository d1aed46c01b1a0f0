"""The tests, in the shape of the code that they test; here are the marks of those for one Python alone."""

import pytest
import six

only_2 = pytest.mark.skipif(six.PY3, reason='str is bytes on Python 2.7 alone')
only_3 = pytest.mark.skipif(six.PY2, reason='bytes and text are one type on Python 2.7')
