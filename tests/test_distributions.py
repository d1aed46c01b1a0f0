"""What an import does beside the other distribution that owns a package named docker."""

import os
import shutil
import subprocess
import sys

import pytest

import docker


@pytest.fixture
def installed(tmp_path):
    """A folder with the package, as pip would install it, and with the metadata of distributions."""
    folder = tmp_path / 'site-packages'
    shutil.copytree(os.path.dirname(os.path.abspath(docker.__file__)), str(folder / 'docker'))

    def add(*metadata):
        for name in metadata:
            (folder / name).mkdir()
        return str(folder)
    return add


def import_docker(folder):
    """The exit status and the output of a Python that imports docker from a folder."""
    process = subprocess.Popen([sys.executable, '-c', 'import docker; print(docker.__version__)'],
                               env=dict(os.environ, PYTHONPATH=folder), cwd=folder,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.communicate()[0].decode('utf-8')
    return process.returncode, output


@pytest.mark.parametrize('metadata, version', [
    ('docker-7.1.0.dist-info', '7.1.0'), ('docker-2.0.0.egg-info', '2.0.0'),
    ('docker-5.0.3-py3.11.egg-info', '5.0.3')])
def test_both_in_one_folder(installed, metadata, version):
    status, output = import_docker(installed('docker_py-{0}.dist-info'.format(docker.__version__), metadata))
    assert status == 1
    line = output.strip().splitlines()[-1]
    assert line.startswith('ImportError: The distributions docker-py and docker {0} both'.format(version))
    assert 'pip uninstall docker docker-py' in line
    assert output.count('Traceback') == 1


def test_ours_alone(installed):
    folder = installed('docker_py-{0}.dist-info'.format(docker.__version__), 'docker_pycreds-0.4.0.dist-info',
                       'dockerfile_parse-2.0.1.dist-info', 'docker-compose')
    assert import_docker(folder) == (0, docker.__version__ + '\n')
