"""Remote API 1.41 (Docker 20.10, December 2020)."""

from docker.transport.changes.change import request


@request((1, 41), 'POST', '/build')
def build_context_is_x_tar(call):
    """POST /build takes a context as application/x-tar; before, as application/tar."""
    if call.body is not None:
        call.content_type = 'application/x-tar'
