"""TypedDict and what the values of one are annotated with, on any Python.

Python 3.8 has them all. On an older one, where nothing reads the fields of a TypedDict, each dict that
docker.responses names is `dict`. Type checkers see the first branch alone.
"""

import sys

if sys.version_info >= (3, 8):
    from typing import Any, Dict, List, Optional, TypedDict, Union
else:
    class _AnyForm(object):
        """Stands in for a form that takes types in brackets."""

        def __getitem__(self, parameters):
            return dict

    def TypedDict(name, fields):
        return dict

    Any = object
    Dict = List = Optional = Union = _AnyForm()

# In `Union[X, MaybeNone]` of a value that may be null, where most programs know that it is not: type checkers
# take it for X without a test for None. Optional[X] is for what is null in a plain container or image.
MaybeNone = Any

__all__ = ['Any', 'Dict', 'List', 'MaybeNone', 'Optional', 'TypedDict', 'Union']
