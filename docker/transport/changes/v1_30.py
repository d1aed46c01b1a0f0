"""Remote API 1.30 (Docker 17.06, June 2017)."""

from docker.transport.call import is_for_buildkit
from docker.transport.changes.change import response
from docker.transport.response import HIDDEN, with_json_items


@response((1, 30), 'POST', '/build', everywhere=True)
def build_without_aux(response, call):
    """POST /build has an object with only `aux`: the id of the image."""
    if is_for_buildkit(call) or 'json' not in response.headers.get('Content-Type', ''):
        return response
    return with_json_items(response, _hide_aux_of_build, skip=lambda text: '"aux"' not in text)


def _hide_aux_of_build(item):
    return HIDDEN if 'aux' in item and not set(item) - {'aux', 'id'} else False
