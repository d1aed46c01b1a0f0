"""TypedDict and what the values of one are annotated with, on any Python.

Python 3.8 has them all. On an older one, where nothing reads the fields of a TypedDict, each dict that
docker.responses names is `dict`. Type checkers see the first branch alone.
"""

import sys

if sys.version_info >= (3, 8):
    from typing import Any, Dict, List, Optional, TypedDict
else:
    class _AnyForm(object):
        """Stands in for a form that takes types in brackets."""

        def __getitem__(self, parameters):
            return dict

    def TypedDict(name, fields):
        return dict

    Any = object
    Dict = List = Optional = _AnyForm()

__all__ = ['Any', 'Dict', 'List', 'Optional', 'TypedDict']
