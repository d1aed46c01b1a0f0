"""Gigabytes are streamed without being held in memory."""

import subprocess
import sys

from tests.engine.conftest import HOST, VERSION

SIZE = 2 * 1024 ** 3
LIMIT = 64 * 1024 ** 2

# Runs in a process of its own. Its last line is the growth of its peak memory, in KiB.
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
    for chunk in archive:
        size += len(chunk)
assert size > 2 * 1024 ** 3, size
"""


def memory_growth(work, *arguments):
    """Return the growth of the peak memory of a process that runs `work`, in bytes."""
    output = subprocess.check_output(
        [sys.executable, '-c', MEASURED.format(work), HOST, VERSION] + list(arguments))
    return int(output.split()[-1]) * 1024


def test_a_build_context_of_2_gib(client, tmpdir):
    tmpdir.join('Dockerfile').write('FROM busybox\nENV A b\n')
    with open(str(tmpdir.join('large')), 'wb') as large:
        large.truncate(SIZE)
    assert memory_growth(BUILD, str(tmpdir)) < LIMIT


def test_an_export_of_2_gib(client, run):
    container = run('dd if=/dev/zero of=/large bs=1048576 count=2049')
    assert client.wait(container) == 0
    assert memory_growth(EXPORT, container['Id']) < LIMIT
