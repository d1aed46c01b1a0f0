"""Remote API 1.44 (Docker 25, January 2024)."""

from docker.transport.changes.change import answer
from docker.transport.message import retold, value_of


@answer((1, 44), 'GET', '/images/json')
def virtual_size_of_images(answer, call):
    """GET /images/json has no VirtualSize: it was the same as Size."""
    images = value_of(answer)
    for image in images:
        image.setdefault('VirtualSize', image.get('Size'))
    return retold(answer, images)


@answer((1, 44), 'GET', '/images/{}/json')
def virtual_size_of_an_image(answer, call):
    """GET /images/{name}/json has no VirtualSize: it was the same as Size."""
    about = value_of(answer)
    about.setdefault('VirtualSize', about.get('Size'))
    return retold(answer, about)
