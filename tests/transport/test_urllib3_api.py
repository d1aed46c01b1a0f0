"""What is checked of the urllib3 that is installed."""

import subprocess
import sys

import pytest

WITHOUT_TLS = 'class HTTPSConnection(object): pass'
UNVERIFIED = 'class HTTPSConnection(object): ca_certs = ca_cert_dir = None; set_tunnel = None'


@pytest.mark.parametrize('connection, problem', [
    (WITHOUT_TLS, 'no cert_reqs and no ca_certs and no ca_cert_dir and no set_tunnel.'),
    (UNVERIFIED, 'no cert_reqs.')])
def test_a_urllib3_that_cannot_verify_certificates(connection, problem):
    program = ('import requests, urllib3.connection\n{0}\n'
               'urllib3.connection.HTTPSConnection = HTTPSConnection\nimport docker'.format(connection))
    process = subprocess.Popen([sys.executable, '-c', program], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    output = process.communicate()[0].decode('utf-8')
    line = output.strip().splitlines()[-1]
    assert line.startswith('ImportError: docker-py cannot use the urllib3 that is installed: its '
                           'HTTPSConnection has ' + problem)
    assert output.count('Traceback') == 1
