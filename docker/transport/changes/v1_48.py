"""Remote API 1.48 (Docker 28, February 2025)."""

from docker.transport.changes.change import request


@request((1, 48), 'POST', '/build/prune')
def build_cache_has_reserved_space(call):
    """POST /build/prune takes keep-storage as reserved-space."""
    keep = call.query.pop('keep-storage', None)
    if keep is not None:
        call.query.setdefault('reserved-space', keep)
