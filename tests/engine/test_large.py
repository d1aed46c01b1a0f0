"""Gigabytes pass, and none of them stays in memory."""

import subprocess
import sys

from tests.engine.conftest import HOST, VERSION

SIZE = 2 * 1024 ** 3
LIMIT = 64 * 1024 ** 2

# Run in a process of its own: what it needs more at its peak than it did before, in KiB, is its last line.
MEASURED = """
import resource, sys
import docker

client = docker.Client(sys.argv[1], version=sys.argv[2])
client.version()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
{0}
client.close()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""

BUILD = """
image, output = client.build(path=sys.argv[3], rm=True)
assert image, output
client.remove_image(image)
"""

EXPORT = """
size = 0
with client.export(sys.argv[3]) as archive:
    for block in archive:
        size += len(block)
assert size > 2 * 1024 ** 3, size
"""


def growth(work, *arguments):
    """How many bytes a process that does `work` needs above those that it began with."""
    told = subprocess.check_output(
        [sys.executable, '-c', MEASURED.format(work), HOST, VERSION] + list(arguments))
    return int(told.split()[-1]) * 1024


def test_a_build_context_of_2_gib(client, tmpdir):
    tmpdir.join('Dockerfile').write('FROM busybox\nENV A b\n')
    with open(str(tmpdir.join('large')), 'wb') as large:
        large.truncate(SIZE)
    assert growth(BUILD, str(tmpdir)) < LIMIT


def test_an_export_of_2_gib(client, run):
    container = run('dd if=/dev/zero of=/large bs=1048576 count=2049')
    assert client.wait(container) == 0
    assert growth(EXPORT, container['Id']) < LIMIT
