"""Remote API 1.52 (Docker 29, November 2025)."""

from docker.transport.changes.change import answer
from docker.transport.message import retold, retold_items, value_of

OF_A_NETWORK = {'IPAddress': '', 'IPPrefixLen': 0, 'Gateway': '', 'MacAddress': '', 'EndpointID': '',
                'GlobalIPv6Address': '', 'GlobalIPv6PrefixLen': 0, 'IPv6Gateway': ''}
DEFAULT_NETWORKS = ('bridge', 'podman')


@answer((1, 52), 'GET', '/containers/{}/json', everywhere=True)
def settings_of_the_default_network(answer, call):
    """GET /containers/{id}/json tells IPAddress and its kin for each of NetworkSettings.Networks
    only."""
    about = value_of(answer)
    settings = about['NetworkSettings']
    networks = settings.get('Networks') or {}
    default = next((networks[name] for name in DEFAULT_NETWORKS if name in networks),
                   next(iter(networks.values()), {}))
    for key, nothing in OF_A_NETWORK.items():
        settings.setdefault(key, default.get(key, nothing))
    settings.setdefault('Bridge', '')
    return retold(answer, about)


@answer((1, 52), 'GET', '/events')
def status_id_and_from_of_events(answer, call):
    """GET /events tells Action, Actor.ID and Actor.Attributes.image for status, id and from."""
    def tell(event):
        known = len(event)
        actor = event.get('Actor') or {}
        if event.get('Type') in ('container', 'image'):
            event.setdefault('status', event.get('Action'))
            event.setdefault('id', actor.get('ID'))
        if event.get('Type') == 'container':
            event.setdefault('from', (actor.get('Attributes') or {}).get('image'))
        return len(event) > known
    return retold_items(answer, tell)
