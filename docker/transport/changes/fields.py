"""The fields that a later version has not, and an older one has: changes add them to responses, and leave
them out of requests, where callers send what an inspect returned."""


def add_missing(record, fields, beside=None):
    """Add the fields to a dict that it has not; anything else than a dict is left as it is.

    :param fields: a dict of their names and values.
    :param beside: a field that each response has which they belong to: nothing is added to one without it, of
        which a proxy serves only a part.
    """
    if isinstance(record, dict) and (beside is None or beside in record):
        for name, value in fields.items():
            record.setdefault(name, value)


def leave_out_empty(record, *names):
    """Remove fields from a dict, or None, in which they have no value, and return whether there were any."""
    empty = [name for name in names if record and name in record and not record[name]]
    for name in empty:
        del record[name]
    return bool(empty)


def image_configs(inspect):
    """Return the Config and the ContainerConfig in the response to an inspect of an image, by the names of
    all versions."""
    return [inspect[name] for name in ('Config', 'ContainerConfig', 'config', 'container_config')
            if isinstance(inspect.get(name), dict)]


def move_mac_address(call, bridge='bridge'):
    """Move the MacAddress of a Config into the settings of the endpoint in the container's network.

    :param bridge: the name for the settings in the default network.
    """
    config = call.json
    if 'MacAddress' not in config:
        return
    address = config.pop('MacAddress')
    if address:
        networking = config['NetworkingConfig'] = config.get('NetworkingConfig') or {}
        endpoints = networking['EndpointsConfig'] = networking.get('EndpointsConfig') or {}
        name = first_network(config, endpoints)
        name = bridge if name in ('bridge', 'default') else name
        endpoints[name] = endpoints.get(name) or {}
        endpoints[name].setdefault('MacAddress', address)
    call.json = config


def first_network(config, endpoints):
    """Return the name of the network that a new container is connected to first.

    :param config: the body of its creation, a dict.
    :param endpoints: its EndpointsConfig, a dict.
    """
    mode = (config.get('HostConfig') or {}).get('NetworkMode') or 'default'
    if mode in endpoints or not endpoints:
        return mode
    return 'bridge' if 'bridge' in endpoints else sorted(endpoints)[0]
