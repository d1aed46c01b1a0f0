"""What the `State` of a container means, as inspect has it."""

# Go's zero time, with which engines fill a time that has not come yet.
_ZERO_TIME = '0001-01-01'


def has_run(inspect):
    """Return whether a container runs or has run.

    :param inspect: the dict of `GET /containers/{id}/json`.
    """
    state = inspect.get('State') or {}
    return bool(state.get('Running')) or not (state.get('StartedAt') or _ZERO_TIME).startswith(_ZERO_TIME)
