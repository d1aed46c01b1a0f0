"""Gigabytes are streamed without being held in memory."""

import subprocess
import sys
import tarfile

import pytest

from tests.engine.conftest import HOST, VERSION, engine_is_podman, newest_of_engine

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

BUILD_OVER_A_SESSION = """
image, output = client.build(path=sys.argv[3], buildkit=True)
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

ARCHIVES = """
size = 0
assert client.put_archive(sys.argv[3], '/', sys.argv[4])
archive, stat = client.get_archive(sys.argv[3], '/large')
assert stat['size'] == 200 * 1024 ** 2
with archive:
    for chunk in archive:
        size += len(chunk)
assert size > 200 * 1024 ** 2, size
"""

IMAGES = """
size = 0
client.import_image_from_file(sys.argv[4], sys.argv[3])
with client.get_image(sys.argv[3]) as archive, open(sys.argv[4], 'wb') as saved:
    for chunk in archive:
        size += len(chunk)
        saved.write(chunk)
assert size > 200 * 1024 ** 2, size
client.remove_image(sys.argv[3])
assert sys.argv[3] in client.load_image(sys.argv[4])[-1]['stream']
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


def test_a_build_context_of_1_gib_over_a_session(client, tmpdir):
    pytest.importorskip('h2')
    if engine_is_podman(client):
        pytest.skip('Podman has no BuildKit')
    if newest_of_engine(client) < (1, 39):
        pytest.skip('BuildKit came with API 1.39')
    if not HOST.startswith('unix://'):
        pytest.skip('the session of this test needs a Unix socket')
    tmpdir.join('Dockerfile').write('FROM busybox\nCOPY large /\n')
    with open(str(tmpdir.join('large')), 'wb') as large:
        large.truncate(1024 ** 3)
    assert memory_growth(BUILD_OVER_A_SESSION, str(tmpdir)) < LIMIT


def test_an_export_of_2_gib(client, run):
    container = run('dd if=/dev/zero of=/large bs=1048576 count=2049')
    assert client.wait(container) == 0
    assert memory_growth(EXPORT, container['Id']) < LIMIT


@pytest.fixture
def archive(tmp_path):
    """The path of a tar archive with a file of 200 MiB."""
    path = str(tmp_path / 'large.tar')
    member = tarfile.TarInfo('large')
    member.size = 200 * 1024 ** 2
    with open(path, 'wb') as packed:
        packed.write(member.tobuf())
        packed.truncate(member.size + 4 * 512)
    return path


def test_archives_of_200_mib(create, archive):
    assert memory_growth(ARCHIVES, create('true')['Id'], archive) < LIMIT


def test_an_image_of_200_mib(image_name, archive):
    assert memory_growth(IMAGES, image_name, archive) < LIMIT
