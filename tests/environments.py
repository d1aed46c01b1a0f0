"""Creates virtual environments for the scripts next to this file.

They are in `.venv/`, which git ignores. An environment is created once, and again when its list
of packages, `setup.py` or the Python changes. A plain Debian has no venv module, which is then
installed, and does not let pip install into the system, so all packages are in environments.
"""
import importlib.util
import os
import shutil
import subprocess
import sys

import debian

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def environment(name, packages, report):
    """Create the environment `.venv/NAME` with packages, unless it exists.

    :param packages: a list of arguments of `pip install`.
    :param report: a function that prints a line; called with what is done.
    :returns: the path of the folder of its programs.
    :raises debian.Unavailable: when the venv module cannot be installed.
    :raises subprocess.CalledProcessError: when pip fails.
    """
    folder = os.path.join(ROOT, '.venv', name)
    programs = os.path.join(folder, 'bin')
    marker = os.path.join(folder, 'packages')
    with open(os.path.join(ROOT, 'setup.py')) as setup:
        contents = '\n'.join([sys.version] + packages + [setup.read()])
    if os.path.exists(marker):
        with open(marker) as file:
            if file.read() == contents:
                return programs
    if not importlib.util.find_spec('ensurepip'):
        debian.install(['python3-venv'], report)
    report('creating a virtual environment in ' + os.path.relpath(folder))
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.check_call([sys.executable, '-m', 'venv', folder])
    report('installing {0} in it'.format(' '.join(packages)))
    subprocess.check_call([os.path.join(programs, 'python'), '-m', 'pip', 'install', '--quiet',
                           '--disable-pip-version-check'] + packages, cwd=ROOT)
    with open(marker, 'w') as file:
        file.write(contents)
    return programs
