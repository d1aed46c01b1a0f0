"""Remote API 1.45 (Docker 26, March 2024)."""

from docker.transport.changes.change import answer
from docker.transport.message import retold, value_of


@answer((1, 45), 'GET', '/images/{}/json', everywhere=True)
def container_of_an_image(answer, call):
    """GET /images/{name}/json has no Container and no ContainerConfig."""
    about = value_of(answer)
    about.setdefault('Container', '')
    about['ContainerConfig'] = about.get('ContainerConfig') or dict(about.get('Config') or {})
    return retold(answer, about)
