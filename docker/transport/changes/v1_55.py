"""Remote API 1.55 (Docker 29.7)."""

from docker.transport.changes.change import request


@request((1, 55), 'POST', '/auth')
def accounts_have_no_email(call):
    """POST /auth takes no email; no registry asked for one any more."""
    given = call.json
    if given.pop('email', None) is not None:
        call.json = given
