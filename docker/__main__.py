"""python -m docker: which engine a Client uses and why, whether that works, and if not, what to do.

The output is ASCII, and holds no credentials. The exit status is 0 when the engine works, 1 when there is
none, and 2 for arguments that are not understood.

Until it is known that no other distribution has overwritten modules of this package, nothing is imported
but what only this package has.
"""

from __future__ import print_function

import argparse
import json
import sys

from docker.distributions import find_mixed

# What the object of --json has, as docker.diagnosis.diagnose() describes it.
KEYS = ('works', 'address', 'source', 'timeout', 'tls', 'proxy', 'engine', 'api_version', 'round_trip_ms',
        'problem', 'notes', 'sockets', 'contexts', 'headers', 'package')


def main(arguments=None):
    """Run the command.

    :param arguments: its arguments, a list of native strings; None for those of the process.
    :returns: the exit status.
    """
    parser = _parser()
    # Values are not shown: an address may hold a password.
    options, rest = parser.parse_known_args(arguments)
    if rest:
        parser.error('takes one ADDRESS and the options above')
    mixed = find_mixed()
    found = _of_mixed(*mixed) if mixed else _found(options)
    if options.json:
        print(json.dumps(_as_text(found), indent=2, sort_keys=True))
    else:
        print(_in_ascii('\n'.join(_lines(found))))
    return 0 if found['works'] else 1


def _parser():
    parser = argparse.ArgumentParser(
        prog='python -m docker', description='Shows which engine docker.Client() uses and why, whether that '
        'works, and if not, what to do. Only this engine is contacted.')
    parser.add_argument('address', metavar='ADDRESS', nargs='?', help='as docker.Client takes it, such as '
                        'unix:///var/run/docker.sock; without it, DOCKER_HOST or the context applies')
    parser.add_argument('--json', action='store_true', help='print one JSON object')
    parser.add_argument('--timeout', metavar='SECONDS', type=_seconds, default=10,
                        help='how long to wait for a connection and for each response (default: 10)')
    return parser


def _seconds(text):
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError('takes a number of seconds greater than 0')
    return seconds


def _found(options):
    # Imported here, as both distributions have some of its modules.
    from docker.diagnosis import diagnose
    return diagnose(options.address, options.timeout)


def _lines(found):
    if found['package'] is None:
        problem = found['problem']
        return [problem['what'], '', 'What to do:'] + ['  * ' + line for line in problem['advice']]
    from docker.diagnosis import report
    return report(found)


def _of_mixed(version, folder):
    """Return what is found when the other distribution is in the same folder."""
    return dict(dict.fromkeys(KEYS), works=False, problem={
        'code': 'other-distribution', 'error': None,
        'what': 'The distributions docker-py and docker {0} (the Docker SDK) both install a package named '
                'docker, and are both in {1}: `import docker` fails.'.format(version, folder),
        'advice': ['`pip uninstall docker docker-py`, and then install the one that you need: '
                   '`pip install docker-py`.',
                   'If programs need both, give each a virtual environment of its own.']})


def _as_text(value):
    """Return a value with text in place of the bytes that strings of Python 2.7 are."""
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_text(item) for item in value]
    return value.decode('utf-8', 'replace') if isinstance(value, bytes) else value


def _in_ascii(text):
    text = text.decode('utf-8', 'replace') if isinstance(text, bytes) else text
    return text.encode('ascii', 'backslashreplace').decode('ascii')


if __name__ == '__main__':
    sys.exit(main())
