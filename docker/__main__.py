"""python -m docker: which engine a Client uses and why, whether that works, and if not, what to do.

The output is ASCII, and holds no credentials. The exit status is 0 when the engine works, 1 when there is
none, and 2 for arguments that are not understood.

Until it is known that no other distribution has overwritten modules of this package, nothing is imported
but what only this package has.
"""

import argparse
import sys

from docker.distributions import find_mixed, report_mixed


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
    if mixed:
        return report_mixed(mixed, options.json)
    from docker.diagnosis import diagnose, report
    from docker.output import print_json, print_lines
    found = diagnose(options.address, options.timeout)
    if options.json:
        print_json(found)
    else:
        print_lines(report(found))
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


if __name__ == '__main__':
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
