"""What is distributed: the source distribution, and the wheel that is built of it."""

import glob
import os
import subprocess
import sys
import tarfile
import zipfile

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
pytest.importorskip('build.__main__', reason='the package is built by tests/run -e package')
pytest.importorskip('twine', reason='the package is checked by tests/run -e package')


def run(*command):
    process = subprocess.Popen(
        [sys.executable] + list(command), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        universal_newlines=True)
    output = process.communicate()[0]
    assert process.returncode == 0, output
    return output


@pytest.fixture(scope='module')
def built(tmp_path_factory):
    """The folder with both, the wheel built of the source distribution."""
    folder = tmp_path_factory.mktemp('dist')
    run('-m', 'build', '--outdir', str(folder))
    return str(folder)


@pytest.fixture(scope='module')
def wheel(built):
    with zipfile.ZipFile(*glob.glob(os.path.join(built, '*.whl'))) as wheel:
        yield wheel


def sources(folder):
    """Return the paths of all files in a folder of the repository that are not made by Python or a build."""
    found = []
    for path, folders, names in os.walk(os.path.join(ROOT, folder)):
        folders[:] = [name for name in folders if name not in ('__pycache__', '_build')]
        found += [os.path.relpath(os.path.join(path, name), ROOT) for name in names
                  if not name.endswith(('.pyc', '.pyo'))]
    return sorted(found)


def metadata(wheel, name):
    path, = [path for path in wheel.namelist() if path.endswith('.dist-info/' + name)]
    return wheel.read(path).decode('utf-8')


def test_twine_accepts_both(built):
    files = glob.glob(os.path.join(built, '*'))
    assert len(files) == 2
    run('-m', 'twine', 'check', '--strict', *files)


def test_the_wheel_has_the_package_with_its_types_and_nothing_else(wheel):
    found = sorted(path for path in wheel.namelist() if '.dist-info/' not in path)
    assert found == sources('docker')
    assert 'docker/py.typed' in found


def test_the_wheel_is_for_all_pythons_and_has_the_license(wheel):
    tags = [line for line in metadata(wheel, 'WHEEL').splitlines() if line.startswith('Tag:')]
    assert tags == ['Tag: py2-none-any', 'Tag: py3-none-any']
    assert metadata(wheel, 'licenses/LICENSE').lstrip().startswith('Apache License')


def test_the_source_distribution_has_the_documentation_and_the_tests(built):
    with tarfile.open(*glob.glob(os.path.join(built, '*.tar.gz'))) as archive:
        found = set(name.partition('/')[2] for name in archive.getnames())
    expected = {'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'setup.py', 'tox.ini'}
    for folder in ('docker', 'docs', 'tests'):
        expected.update(sources(folder))
    assert not expected - found


def test_links_of_the_description_lead_to_the_repository(wheel):
    text = metadata(wheel, 'METADATA')
    assert '/blob/main/docs/moving.md)' in text
    assert '](docs/' not in text and '](CHANGELOG.md' not in text
