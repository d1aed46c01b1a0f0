"""Searches a whole test run for the passwords and tokens that it uses (tests/credentials.py).

conftest.py imports its hooks from here. They search each log record of any logger, down to DEBUG; each
report of a test, with its name, its traceback and its output on stdout and stderr; each warning that was
not caught; and on Python 3.12 and newer, whose sys.monitoring shows it, each exception that leaves docker,
with its request and response. If anything is found, the run fails and lists it at its end.
"""

import logging
import os
import sys

import pytest
import requests

import docker
from tests.credentials import held_by, shown_in

PACKAGE = os.path.dirname(os.path.abspath(docker.__file__))
# An exception that passes from docker through requests to docker has not left it yet.
INSIDE = (PACKAGE, os.path.dirname(os.path.abspath(requests.__file__)))
TOOL = 5    # One of the tool ids of sys.monitoring, which has no predefined purpose.
found = []


def search(text, where):
    user = shown_in(text)
    if user:
        found.append('{0} shows the password or token of {1}'.format(where, user))


class SearchHandler(logging.Handler):
    """Searches each record, with its exception."""

    def emit(self, record):
        search(self.format(record), 'A log record of {0}'.format(record.name))


handler = SearchHandler()


def on_unwind(code, offset, error):
    """Search an exception that leaves a function; sys.monitoring calls this for each of them."""
    if code.co_filename.startswith(PACKAGE):
        caller = sys._getframe(1).f_back
        if caller is None or not caller.f_code.co_filename.startswith(INSIDE):
            user = held_by(error)
            if user:
                found.append('A {0} that {1} raised holds the password or token of {2}'.format(
                    type(error).__name__, code.co_name, user))


def pytest_configure(config):
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.DEBUG)
    if hasattr(sys, 'monitoring'):
        sys.monitoring.use_tool_id(TOOL, 'the search for passwords')
        sys.monitoring.register_callback(TOOL, sys.monitoring.events.PY_UNWIND, on_unwind)
        sys.monitoring.set_events(TOOL, sys.monitoring.events.PY_UNWIND)


def pytest_unconfigure(config):
    logging.getLogger().removeHandler(handler)
    if hasattr(sys, 'monitoring'):
        sys.monitoring.set_events(TOOL, 0)
        sys.monitoring.free_tool_id(TOOL)


def pytest_runtest_logreport(report):
    texts = [report.nodeid, report.longreprtext] + [text for _, text in report.sections]
    if isinstance(report.longrepr, tuple):
        texts.append(report.longrepr[-1])   # the reason of a skip
    for text in texts:
        search(text, '{0}, {1},'.format(report.nodeid.partition('[')[0], report.when))


def pytest_warning_recorded(warning_message):
    search(str(warning_message.message), 'A {0}'.format(warning_message.category.__name__))


def pytest_sessionfinish(session):
    if found:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    if found:
        terminalreporter.section('passwords')
        for text in sorted(set(found)):
            terminalreporter.line(text)


if pytest.__version__.startswith('4.'):
    # The last pytest for Python 2.7 has another name for this hook.
    pytest_warning_captured, pytest_warning_recorded = pytest_warning_recorded, None

__all__ = [name for name, hook in sorted(globals().items()) if name.startswith('pytest_') and hook]
