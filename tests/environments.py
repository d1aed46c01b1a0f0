"""Virtual environments for the scripts beside this file, made on a machine that has nothing.

They are in `.venv/`, which git ignores. An environment is made once; it is made anew when other
packages are asked for or `setup.py` has changed. A plain Debian has no venv module and lets pip
install nothing into the system, so the first is installed and the second left alone.
"""
import importlib.util
import os
import shutil
import subprocess
import sys

import debian

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def environment(name, packages, say):
    """Makes the environment `.venv/NAME` with packages, unless it is there.

    `packages` are arguments of `pip install`, `say` is called with lines that tell what is
    done. Returns the path of the folder of its programs. Raises `debian.Unavailable` when the
    venv module cannot be had, and `subprocess.CalledProcessError` when pip fails.
    """
    folder = os.path.join(ROOT, '.venv', name)
    programs = os.path.join(folder, 'bin')
    made = os.path.join(folder, 'made')
    with open(os.path.join(ROOT, 'setup.py')) as setup:
        wanted = '\n'.join([sys.version] + packages + [setup.read()])
    if os.path.exists(made):
        with open(made) as file:
            if file.read() == wanted:
                return programs
    if not importlib.util.find_spec('ensurepip'):
        debian.install(['python3-venv'], say)
    say('making a virtual environment in ' + os.path.relpath(folder))
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.check_call([sys.executable, '-m', 'venv', folder])
    say('installing %s in it' % ' '.join(packages))
    subprocess.check_call([os.path.join(programs, 'python'), '-m', 'pip', 'install', '--quiet',
                           '--disable-pip-version-check'] + packages, cwd=ROOT)
    with open(made, 'w') as file:
        file.write(wanted)
    return programs
