"""The fields of a response that a later version has not, and an older one has: changes add them."""


def add_missing(record, fields):
    """Add the fields to a dict that it has not; anything else than a dict is left as it is.

    :param fields: a dict of their names and values.
    """
    if isinstance(record, dict):
        for name, value in fields.items():
            record.setdefault(name, value)


def image_configs(inspect):
    """Return the Config and the ContainerConfig in the response to an inspect of an image, by the names of
    all versions."""
    return [inspect[name] for name in ('Config', 'ContainerConfig', 'config', 'container_config')
            if isinstance(inspect.get(name), dict)]
