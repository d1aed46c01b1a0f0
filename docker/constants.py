"""The constants that scripts import from docker.constants.

Those of the client live in docker.session, docker.transport.adapter and docker.image_options.
"""

import sys

from docker.image_options import CONTAINER_LIMITS_KEYS
from docker.session import DEFAULT_DOCKER_API_VERSION, DEFAULT_TIMEOUT_SECONDS, DEFAULT_USER_AGENT
from docker.transport.adapter import DEFAULT_POOL_SIZE as DEFAULT_NUM_POOLS

# The size of the header of a frame, by which the output of a container without a TTY is multiplexed.
STREAM_HEADER_SIZE_BYTES = 8
IS_WINDOWS_PLATFORM = sys.platform == 'win32'

__all__ = ['CONTAINER_LIMITS_KEYS', 'DEFAULT_DOCKER_API_VERSION', 'DEFAULT_NUM_POOLS',
           'DEFAULT_TIMEOUT_SECONDS', 'DEFAULT_USER_AGENT', 'IS_WINDOWS_PLATFORM',
           'STREAM_HEADER_SIZE_BYTES']
