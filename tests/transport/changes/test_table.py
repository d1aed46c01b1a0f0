"""The table of all changes, which is generated from the list of them."""

import subprocess
import sys

from docker.transport.changes import CHANGES, load_podman
from docker.transport.changes.__main__ import markdown_table

load_podman()


def test_each_change_is_in_the_table():
    lines = markdown_table(CHANGES).splitlines()
    assert len(lines) == 2 + len(CHANGES) > 40
    assert all(line.startswith('| ') and line.endswith('. |') for line in lines[2:])


def test_the_versions_are_in_order():
    versions = [change.version for change in CHANGES if change.version]
    assert versions == sorted(versions)
    assert [change.version for change in CHANGES[len(versions):]] == [None] * (
        len(CHANGES) - len(versions))


def test_it_is_printed():
    output = subprocess.check_output([sys.executable, '-m', 'docker.transport.changes'])
    assert output.decode('ascii').splitlines() == markdown_table(CHANGES).splitlines()
