"""What an import does beside the other distribution that owns a package named docker."""

import json
import os
import shutil
import subprocess
import sys

import pytest

import docker
from docker.distributions import KEYS


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


def run_docker(folder, *arguments):
    """The exit status and the output of `python -m docker` with the package from a folder."""
    process = subprocess.Popen([sys.executable, '-m', 'docker'] + list(arguments),
                               env=dict(os.environ, PYTHONPATH=folder), cwd=folder,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.communicate()[0].decode('ascii')
    return process.returncode, output


@pytest.mark.parametrize('ours_is_last', [True, False])
def test_python_m_docker_reports_both(installed, ours_is_last):
    folder = installed('docker_py-{0}.dist-info'.format(docker.__version__), 'docker-7.1.0.dist-info')
    if not ours_is_last:
        # Modules that both have are those of the other one, of which the first imports is docker.auth.
        for name, text in (('__init__', 'from .client import DockerClient'), ('client', 'from . import auth'),
                           ('errors', ''), ('tls', '')):
            with open(os.path.join(folder, 'docker', name + '.py'), 'w') as module:
                module.write(text)
    else:
        # A package of the other one is imported in place of a module.
        os.mkdir(os.path.join(folder, 'docker', 'credentials'))
        with open(os.path.join(folder, 'docker', 'credentials', '__init__.py'), 'w') as module:
            module.write('')
    what = ('The distributions docker-py and docker 7.1.0 (the Docker SDK) both install a package named '
            'docker, and are both in {0}: `import docker` fails.'.format(folder))
    status, output = run_docker(folder)
    assert (status, output.splitlines()[0]) == (1, what)
    assert '  * `pip uninstall docker docker-py`, and then install' in output
    status, output = run_docker(folder, '--json')
    found = json.loads(output)
    assert status == 1 and set(found) == set(KEYS) and not found['works']
    assert found['problem']['code'] == 'other-distribution' and found['problem']['what'] == what


def test_other_modules_that_are_run_still_fail(installed):
    folder = installed('docker-7.1.0.dist-info')
    process = subprocess.Popen([sys.executable, '-m', 'docker.endpoints'], cwd=folder, stdout=subprocess.PIPE,
                               env=dict(os.environ, PYTHONPATH=folder), stderr=subprocess.STDOUT)
    output = process.communicate()[0].decode('utf-8')
    assert process.returncode == 1 and 'pip uninstall docker docker-py' in output


def test_the_other_one_was_installed_last(installed):
    folder = installed('docker-7.1.0.dist-info')
    with open(os.path.join(folder, 'docker', '__init__.py'), 'w') as module:
        module.write('from . import auth')
    status, output = import_docker(folder)
    assert status == 1 and 'pip uninstall docker docker-py' in output
