"""Remote API 1.55 (Docker 29.7)."""

from docker.transport.changes.change import request


@request((1, 55), 'POST', '/auth')
def auth_without_email(call):
    """POST /auth takes no email: registries do not ask for one any more."""
    body = call.json
    if body.pop('email', None) is not None:
        call.json = body
