"""The search of a whole test run for the passwords and tokens that it uses (tests/credentials.py).

conftest.py takes its hooks from here. Searched are: each log record of any logger, down to DEBUG; each
report of a test, with its name, its traceback and what was written to stdout and stderr; each warning
that nothing caught; and from Python 3.12 on, where that can be seen, each exception that leaves docker,
with the request and the answer that it is about. What is found makes the run fail, and is told at its end.
"""

import logging
import os
import sys

import pytest
import requests

import docker
from tests.credentials import held_by, shown_in

PACKAGE = os.path.dirname(os.path.abspath(docker.__file__))
# An exception on its way from docker through requests to docker has not left it.
INSIDE = (PACKAGE, os.path.dirname(os.path.abspath(requests.__file__)))
TOOL = 5    # of the six numbers that sys.monitoring has, one without a purpose of its own
found = []


def look_in(text, where):
    user = shown_in(text)
    if user:
        found.append('{0} shows the password or token of {1}'.format(where, user))


class Searched(logging.Handler):
    """Looks into each record, with its exception."""

    def emit(self, record):
        look_in(self.format(record), 'A log record of {0}'.format(record.name))


handler = Searched()


def left(code, offset, error):
    """Called for each exception that leaves a function."""
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
        sys.monitoring.register_callback(TOOL, sys.monitoring.events.PY_UNWIND, left)
        sys.monitoring.set_events(TOOL, sys.monitoring.events.PY_UNWIND)


def pytest_unconfigure(config):
    logging.getLogger().removeHandler(handler)
    if hasattr(sys, 'monitoring'):
        sys.monitoring.set_events(TOOL, 0)
        sys.monitoring.free_tool_id(TOOL)


def pytest_runtest_logreport(report):
    texts = [report.nodeid, report.longreprtext] + [text for _, text in report.sections]
    if isinstance(report.longrepr, tuple):
        texts.append(report.longrepr[-1])   # why it was skipped
    for text in texts:
        look_in(text, '{0}, {1},'.format(report.nodeid.partition('[')[0], report.when))


def pytest_warning_recorded(warning_message):
    look_in(str(warning_message.message), 'A {0}'.format(warning_message.category.__name__))


def pytest_sessionfinish(session):
    if found:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    if found:
        terminalreporter.section('passwords')
        for text in sorted(set(found)):
            terminalreporter.line(text)


if pytest.__version__.startswith('4.'):
    # The pytest of Python 2.7 has another name for it.
    pytest_warning_captured, pytest_warning_recorded = pytest_warning_recorded, None

__all__ = [name for name, hook in sorted(globals().items()) if name.startswith('pytest_') and hook]
