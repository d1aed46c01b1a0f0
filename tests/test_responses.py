"""docker.responses: its types have what engines respond, as recorded and as the specifications have it."""

import glob
import io
import json
import os
import re
import subprocess
import sys

import pytest
import six

import docker
from docker import endpoints, responses
from docker.transport.changes import CHANGES
from tests.contract import EXCHANGES, recorded_value
from tests.responses import (
    ITEMS, ITEMS_OF_TEXT, RETURNS, fields_of, is_named, mismatches, parts_of, resolve)
from tests.wire import RECORDINGS, body_of, recording

FOLDER = os.path.dirname(os.path.abspath(responses.__file__))
SPECIFICATIONS = ('1.25', '1.41', '1.44', '1.51', '1.55')
typed = pytest.mark.skipif(sys.version_info < (3, 8), reason='TypedDict came with Python 3.8')
