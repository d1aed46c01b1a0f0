"""What the `State` of a container means, as inspect has it."""

# Go's zero time, with which engines fill a time that has not come yet.
_ZERO_TIME = '0001-01-01'


def has_run(inspect):
    """Return whether a container runs or has run.

    :param inspect: the dict of `GET /containers/{id}/json`.
    """
    state = inspect.get('State') or {}
    return bool(state.get('Running')) or not (state.get('StartedAt') or _ZERO_TIME).startswith(_ZERO_TIME)


def health_of(inspect):
    """Return the health of a container, one of

    * ``'healthy'``, ``'unhealthy'``, ``'starting'``: as its health check has it, while it runs;
    * ``'not started'``: it has a health check, and never ran or is being restarted;
    * ``'ended'``: it has run, and runs no more;
    * None: it has no health check.

    :param inspect: the dict of `GET /containers/{id}/json`.
    """
    state, config = inspect.get('State') or {}, inspect.get('Config') or {}
    status = (state.get('Health') or {}).get('Status')
    if state.get('Running') and not state.get('Restarting'):
        # Docker has no Health where there is no check, or `none`; Podman has empty text.
        return None if status in (None, '', 'none') else status
    if has_run(inspect) and not state.get('Restarting'):
        return 'ended'
    test = (config.get('Healthcheck') or {}).get('Test') or ['NONE']
    return None if test[0] == 'NONE' else 'not started'
