"""The engine itself: events, info, version."""

from docker.session import EngineSession
from docker.stream import Stream
from docker.transport.response import items_of
from docker.validation import check_seconds


class SystemCalls(EngineSession):
    """The calls about the engine."""

    def events(self, since=None, decode=False):
        """Follow what happens to containers and images.

        :param since: a Unix time, an int or a float: events since then come first.
        :param decode: True for dicts in place of text.
        :returns: a generator of JSON objects, each as text (not a dict, unless with `decode`) with no line
            break at its end: status, id, from (of containers) and time (Unix time). Current engines report
            networks and volumes too. It goes on until it is closed; its `close()` may be called at any
            time, from any thread.
        :raises docker.errors.StreamBroken: by the generator, when the engine stops.

        `GET /events`

            >>> for event in client.events(decode=True):
            ...     print(event['status'])
        """
        since = None if since is None else int(check_seconds(since, 'since'))
        response = self._checked(self._get(
            self._url('/events'), params={'since': since}, stream=True, timeout=self._unbounded))
        items = items_of(response, parse_all=decode)
        return Stream((value if decode else text for text, value in items), response)

    def info(self):
        """Describe the engine and its host.

        :returns: a dict: Containers, Images, Debug, KernelVersion, and more.

        `GET /info`

            >>> client.info()['Containers']
        """
        return self._get_json(self._url('/info'))

    def version(self):
        """Return the version of the engine.

        :returns: a dict: Version, GitCommit, GoVersion, and more.

        `GET /version`

            >>> client.version()['Version']
        """
        return self._get_json(self._url('/version'))
