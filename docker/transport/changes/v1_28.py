"""Remote API 1.28 (Docker 17.04, April 2017)."""

from docker.transport.changes.change import exchange
from docker.transport.response import json_of, succeeded, with_json


@exchange((1, 28), 'GET', '/networks', older=True)
def list_containers_of_networks(call, send):
    """GET /networks lists no containers: the networks that running containers are in are inspected."""
    response = send(call)
    if not succeeded(response):
        return response
    networks = json_of(response)
    # Podman lists them at all versions.
    if not networks or any(network.get('Containers') for network in networks):
        return response
    listed = send(call.follow_up('GET', '/containers/json'))
    if not succeeded(listed):
        response.close()
        return listed
    used = _networks_of(json_of(listed))
    for network in networks:
        network['Containers'] = {}
        # That of a swarm has endpoints which belong to no container.
        if network['Id'] in used or network.get('Ingress'):
            inspect = send(call.follow_up('GET', '/networks/{0}', network['Id']))
            if succeeded(inspect):
                network['Containers'] = json_of(inspect).get('Containers') or {}
            elif inspect.status_code != 404:
                response.close()
                return inspect
            inspect.close()
    return with_json(response, networks)


def _networks_of(containers):
    """Return the ids of the networks that the containers of a list are in."""
    return set(
        (endpoint or {}).get('NetworkID') for container in containers
        for endpoint in ((container.get('NetworkSettings') or {}).get('Networks') or {}).values())
