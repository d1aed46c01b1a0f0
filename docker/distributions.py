"""The other distribution that owns a package named `docker`: the Docker SDK for Python.

pip installs both into the same folder, where each overwrites files of the other. Whichever was installed
last is imported, with modules of both, and fails sooner or later without naming the reason.
"""

import os


def check_not_mixed():
    """Raise an ImportError when the other distribution is installed in the folder of this one."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    try:
        names = os.listdir(folder)
    except OSError:
        return  # within an archive, for example, where pip installs nothing
    for name in names:
        # Such as docker-7.1.0.dist-info and docker-5.0.3-py3.11.egg-info; ours begins with docker_py.
        if name.startswith('docker-') and name.endswith(('.dist-info', '.egg-info')):
            raise ImportError(
                'The distributions docker-py and docker {0} both install a package named docker, and are '
                'both in {1}: run `pip uninstall docker docker-py`, and install the one that you need '
                'again.'.format(name.rpartition('.')[0].split('-')[1], folder))
