"""The other distribution that owns a package named `docker`: the Docker SDK for Python.

pip installs both into the same folder, where each overwrites files of the other. Whichever was installed
last is imported, with modules of both, and fails sooner or later without naming the reason.
"""

import os
import re

_METADATA_OF_SDK = re.compile(r'docker-(?P<version>[0-9][^-]*)(-py[0-9.]+)?\.(dist|egg)-info$')


def check_not_mixed(folder):
    """Raise an ImportError when the other distribution is installed in the same folder.

    :param folder: the path of the folder that holds the package `docker`.
    """
    try:
        names = os.listdir(folder)
    except OSError:
        return  # within an archive, for example, where pip installs nothing
    for name in names:
        metadata = _METADATA_OF_SDK.match(name)
        if metadata:
            raise ImportError(
                'The distributions docker-py and docker {0} both install a package named docker, and are '
                'both in {1}: run `pip uninstall docker docker-py`, and install the one that you need '
                'again.'.format(metadata.group('version'), folder))
