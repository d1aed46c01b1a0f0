"""The engine itself: events, info, version, ping."""

from docker.config import convert_filters
from docker.session import EngineSession
from docker.stream import Stream
from docker.transport.response import items_of
from docker.units import convert_time

_PING_HEADERS = ('Api-Version', 'Builder-Version', 'Docker-Experimental', 'OSType', 'Server', 'Swarm')


class SystemCalls(EngineSession):
    """The calls about the engine."""

    def events(self, since=None, until=None, filters=None, decode=False):
        """Follow what happens to containers and images.

        :param since: events since then come first: a Unix time as an int or a float; a datetime, which is UTC
            if it has no time zone; one of these as text, ``'2013-11-09T12:26:40Z'``; or
            ``'10m'`` for so long before now.
        :param until: the time at which the events end, in the same forms (API 1.11); None for no end. True or
            False in this place is `decode`.
        :param filters: yield only events that match, a dict such as ``{'event': 'die'}`` or
            ``{'type': 'container', 'label': ['tier=web']}`` (API 1.16).
        :param decode: True for dicts in place of text.
        :returns: a generator of JSON objects, each as text (not a dict, unless with `decode`) with no line
            break at its end: status, id, from (of containers) and time (Unix time). Current engines report
            networks and volumes too. It goes on until it is closed; its `close()` may be called at any
            time, from any thread.
        :raises docker.errors.NotSupported: for `until` and `filters` with an engine that does not have that
            version of the API.
        :raises docker.errors.StreamBroken: by the generator, when the engine stops.

        `GET /events`

            >>> for event in client.events(decode=True):
            ...     print(event['status'])
        """
        if isinstance(until, bool):
            # In this place, releases for API 1.6 had decode.
            until, decode = None, until or decode
        response = self._checked(self._get(self._url('/events'), params={
            'since': convert_time(since, 'since'), 'until': convert_time(until, 'until'),
            'filters': convert_filters(filters)}, stream=True, timeout=self._unbounded))
        items = items_of(response, parse_all=decode)
        return Stream((value if decode else text for text, value in items), response)

    def info(self):
        """Describe the engine and its host.

        :returns: a dict: Containers, Images, Debug, KernelVersion, and more.

        `GET /info`

            >>> client.info()['Containers']
        """
        return self._get_json(self._url('/info'))

    def ping(self, head=False):
        """Ask whether the engine works.

        :param head: True to ask for the headers alone (since API 1.40).
        :returns: the text that it responds with, ``'OK'``; with `head` a dict of what its headers say: any of
            Api-Version, Builder-Version (``'1'``, or ``'2'`` for BuildKit), Docker-Experimental, OSType,
            Server and Swarm (such as ``'active/manager'``), each as text.
        :raises docker.errors.APIError: when it does not.

        `GET /_ping`, `HEAD /_ping`

            >>> client.ping()
            'OK'
            >>> client.ping(head=True)['OSType']
            'linux'
        """
        if not head:
            return self._text(self._get(self._url('/_ping')))
        headers = self._checked(self._head(self._url('/_ping'))).headers
        return {name: headers[name] for name in _PING_HEADERS if name in headers}

    def version(self, api_version=True):
        """Return the version of the engine.

        :param api_version: False for the response in the engine's newest format, in place of the Client's.
        :returns: a dict: Version, GitCommit, GoVersion, and more.

        `GET /version`

            >>> client.version()['Version']
        """
        return self._get_json(self._url('/version') if api_version else self.base_url + '/version')
