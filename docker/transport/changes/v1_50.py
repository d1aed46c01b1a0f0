"""Remote API 1.50 (Docker 28.2, May 2025)."""

from docker.transport.changes.change import answer
from docker.transport.message import retold, value_of

NOT_IN_OCI = {'Hostname': '', 'Domainname': '', 'AttachStdin': False, 'AttachStdout': False,
              'AttachStderr': False, 'Tty': False, 'OpenStdin': False, 'StdinOnce': False, 'Image': '',
              'User': '', 'Env': None, 'Cmd': None, 'Volumes': None, 'WorkingDir': '', 'Entrypoint': None,
              'OnBuild': None, 'Labels': None}


@answer((1, 50), 'GET', '/images/{}/json')
def config_of_an_image(answer, call):
    """GET /images/{name}/json leaves out of Config what is empty, or not of the OCI
    specification."""
    about = value_of(answer)
    config = about['Config'] = about.get('Config') or {}
    for key, value in NOT_IN_OCI.items():
        config.setdefault(key, value)
    return retold(answer, about)
