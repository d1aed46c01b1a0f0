"""The other distribution that owns a package named `docker`: the Docker SDK for Python.

pip installs both into the same folder, where each overwrites files of the other. Whichever was installed
last is imported, with modules of both, and fails sooner or later without naming the reason.
"""

import os
import sys

# What `python -m docker --json` prints, as docker.diagnosis.diagnose() describes it.
KEYS = ('works', 'address', 'source', 'timeout', 'tls', 'proxy', 'engine', 'api_version', 'round_trip_ms',
        'problem', 'notes', 'sockets', 'contexts', 'headers', 'package')
_LIBRARIES = ('six', 'requests')    # what is always needed


def check_not_mixed():
    """Raise an ImportError when the other distribution is installed in the folder of this one.

    When the import is that of `python -m docker`, print what is wrong, and exit; also without the libraries.
    """
    mixed = find_mixed()
    if _is_imported_to_be_run():
        if mixed:
            sys.exit(report_mixed(mixed, '--json' in sys.argv))
        _check_libraries('--json' in sys.argv)
    if mixed:
        raise ImportError(
            'The distributions docker-py and docker {0} both install a package named docker, and are both '
            'in {1}: run `pip uninstall docker docker-py`, and install the one that you need again.'.format(
                *mixed))


def find_mixed():
    """Return the version of the other distribution and the folder, when both are in one, else None."""
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    try:
        names = os.listdir(folder)
    except OSError:
        return None  # within an archive, for example, where pip installs nothing
    for name in names:
        # Such as docker-7.1.0.dist-info and docker-5.0.3-py3.11.egg-info; ours begins with docker_py.
        if name.startswith('docker-') and name.endswith(('.dist-info', '.egg-info')):
            return name.rpartition('.')[0].split('-')[1], folder
    return None


def _is_imported_to_be_run():
    """Return whether the package is imported to run its __main__, by `python -m docker`."""
    frame = sys._getframe()
    while frame is not None:
        # sys.argv does not show it: it is the same for any module that is run.
        if frame.f_globals.get('__name__') == 'runpy' and frame.f_locals.get('mod_name') == 'docker':
            return True
        frame = frame.f_back
    return False


def _check_libraries(as_json):
    """Print which library is missing, and exit, when one is."""
    for name in _LIBRARIES:
        try:
            __import__(name)
        except ImportError as error:
            sys.exit(_report({
                'code': 'library-missing', 'error': '{0}: {1}'.format(type(error).__name__, error),
                'what': 'docker-py needs {0}, which cannot be imported by {1}: {2}.'.format(
                    name, sys.executable or 'this Python', error),
                'advice': ['`{0} -m pip install {1}`'.format(sys.executable or 'python', name)]}, as_json))


def report_mixed(mixed, as_json):
    """Print what is wrong when both distributions are in one folder.

    :param mixed: as `find_mixed` returns it.
    :param as_json: whether to print JSON.
    :returns: the exit status.
    """
    return _report({
        'code': 'other-distribution', 'error': None,
        'what': 'The distributions docker-py and docker {0} (the Docker SDK) both install a package named '
                'docker, and are both in {1}: `import docker` fails.'.format(*mixed),
        'advice': ['`pip uninstall docker docker-py`, and then install the one that you need again.',
                   'If programs need both, give each a virtual environment of its own.']}, as_json)


def _report(problem, as_json):
    from docker.output import print_json, print_lines, problem_lines
    if as_json:
        print_json(dict(dict.fromkeys(KEYS), works=False, problem=problem))
    else:
        print_lines(problem_lines(problem))
    return 1
