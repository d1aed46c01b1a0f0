"""What each version of the API changed, for the endpoints that docker.Client calls: a module a version.

CHANGES is the one list of them, in the order of the versions; Podman's differences come last. They are in it
once `load_docker` or `load_podman` was called: a Client needs them with its first request, and a program that
makes none need not import them.
"""

import six

from docker.transport.changes.change import CHANGES


def load_docker():
    """Add what each version changed to CHANGES."""
    from docker.transport.changes import (  # noqa: F401
        v1_07, v1_09, v1_10, v1_11, v1_12, v1_15, v1_18, v1_19, v1_20, v1_21, v1_22, v1_24, v1_25, v1_28,
        v1_30, v1_38, v1_41, v1_42, v1_43, v1_44, v1_45, v1_48, v1_50, v1_52, v1_55)


def load_podman():
    """Add that and Podman's differences to CHANGES. Most engines are Docker's."""
    load_docker()
    # The first three compare names and remove images, by the short names that the changes in `podman` make.
    from docker.transport.changes import (  # noqa: F401
        podman_prunes, podman_filters, podman_push,
        podman, podman_archives, podman_attach, podman_commit, podman_create, podman_events, podman_exec,
        podman_images, podman_networks, podman_swarm)


if six.PY2:
    # A call in a thread cannot import there, while another module that waits for it is imported.
    load_podman()

__all__ = ['CHANGES', 'load_docker', 'load_podman']
