"""What running containers use of the host: processors, memory, networks and disks."""

from docker.session import EngineSession
from docker.stream import Stream
from docker.transport.response import items_of
from docker.validation import identifier


class StatsCalls(EngineSession):
    """The call about what containers use."""

    def stats(self, container, decode=None, stream=True, one_shot=False):
        """Return what a container uses of the host, once or each second.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param decode: True for dicts in place of text, with `stream`.
        :param stream: False for one dict.
        :param one_shot: True for one dict at once, with `stream=False`: without a first measurement, that
            is with an empty precpu_stats, and with Docker 26 and later without id and name (since API 1.41).
        :returns: a generator of JSON objects, each as text (with `decode` a dict), about one a second until
            it is closed or the container is removed; its `close()` may be called at any time, from any
            thread. With `stream=False` one dict. The keys: read (the time, text), cpu_stats, precpu_stats
            (the same a second before), memory_stats, blkio_stats, network (the sum of all interfaces; from
            version 1.21 on networks, a dict by interface), and more.
        :raises docker.errors.NotFound: when there is no such container.
        :raises docker.errors.StreamBroken: by the generator, when the engine stops.
        :raises docker.errors.NotSupported: when the engine has no stats, or no `one_shot`.

        `GET /containers/{id}/stats`, since API 1.17

            >>> client.stats('web', stream=False)['memory_stats']['usage']
            1425408
        """
        if one_shot and stream:
            raise ValueError('one_shot takes stream=False: it is for one dict')
        url = self._url('/containers/{0}/stats', identifier(container))
        if not stream:
            return self._get_json(url, params={'stream': 0, 'one-shot': 1 if one_shot else None})
        response = self._checked(self._get(url, stream=True, timeout=self._unbounded))
        items = items_of(response, parse_all=bool(decode))
        return Stream((value if decode else text for text, value in items), response)
