"""What takes space on the disk of the engine, and freeing it: df and the prune calls."""

from docker.config import convert_filters, convert_size
from docker.session import EngineSession
from docker.validation import as_list, check_nonempty_text, is_absent


class DiskCalls(EngineSession):
    """The calls about used and unused space."""

    def df(self, type=None, verbose=True):
        """Show what takes space on the disk of the engine.

        :param type: only these: ``'container'``, ``'image'``, ``'volume'``, ``'build-cache'``, or a list of
            them (API 1.42); None for all.
        :param verbose: False for totals without the lists of what takes the space (API 1.52).
        :returns: a dict: LayersSize (bytes), Images, Containers and Volumes (lists of dicts), and BuildCache
            with engines that have BuildKit. For a Client of API 1.52 or newer ImageUsage, ContainerUsage,
            VolumeUsage and BuildCacheUsage: dicts with TotalCount, ActiveCount, TotalSize, Reclaimable and
            Items.
        :raises docker.errors.NotSupported: for an argument that came with a later version of the API than
            the engine has.

        `GET /system/df`, since API 1.25

            >>> client.df()['LayersSize']
        """
        types = None if is_absent(type) else [check_nonempty_text(kind, 'type') for kind in as_list(type)]
        return self._get_json(self._url('/system/df'), params={
            'type': types, 'verbose': None if verbose else 0}, timeout=self._unbounded)

    def prune_containers(self, filters=None):
        """Remove all containers that are not running.

        :param filters: remove only those that match, a dict such as ``{'until': '24h'}`` or
            ``{'label': 'tier=test'}``.
        :returns: a dict: ContainersDeleted (a list of ids) and SpaceReclaimed (bytes).

        `POST /containers/prune`, since API 1.25

            >>> client.prune_containers({'until': '24h'})['SpaceReclaimed']
        """
        return self._prune('containers', {'filters': convert_filters(filters)})

    def prune_images(self, filters=None):
        """Remove images that no container uses.

        :param filters: a dict: ``{'dangling': False}`` removes all unused images, not only those without a
            name; ``{'until': '24h'}`` and ``{'label': 'tier=test'}`` only those that match.
        :returns: a dict: ImagesDeleted (a list of dicts, {'Untagged': name} and {'Deleted': id}) and
            SpaceReclaimed (bytes).

        `POST /images/prune`, since API 1.25

            >>> client.prune_images({'dangling': False})['ImagesDeleted']
        """
        return self._prune('images', {'filters': convert_filters(filters)})

    def prune_networks(self, filters=None):
        """Remove networks that no container uses.

        :param filters: remove only those that match, a dict such as ``{'until': '24h'}`` or
            ``{'label': 'tier=test'}``.
        :returns: a dict: NetworksDeleted (a list of names).

        `POST /networks/prune`, since API 1.25

            >>> client.prune_networks()['NetworksDeleted']
        """
        return self._prune('networks', {'filters': convert_filters(filters)})

    def prune_volumes(self, filters=None):
        """Remove volumes that no container uses.

        For a Client of API 1.42 or newer these are the anonymous ones alone, unless with the filter `all`.
        For an older one they are all unused volumes, with their data, as in those versions.

        :param filters: remove only those that match, a dict such as ``{'label': 'tier=test'}``;
            ``{'all': True}`` is for those with a name too, ``{'all': False}`` for none of these (API 1.42).
        :returns: a dict: VolumesDeleted (a list of names) and SpaceReclaimed (bytes).
        :raises docker.errors.NotSupported: for ``{'all': False}`` with an engine before API 1.42.

        `POST /volumes/prune`, since API 1.25

            >>> client.prune_volumes({'label': 'tier=test'})['VolumesDeleted']
        """
        return self._prune('volumes', {'filters': convert_filters(filters)})

    def prune_builds(self, filters=None, keep_storage=None, all=False, reserved_space=None,
                     max_used_space=None, min_free_space=None):
        """Remove what builds with BuildKit have cached.

        :param filters: remove only what matches, a dict such as ``{'until': '24h'}`` (API 1.39).
        :param keep_storage: how much to keep, as an int of bytes or text such as ``'2g'`` (API 1.39).
        :param all: True to remove what is in use by images too (API 1.39).
        :param reserved_space: the name of `keep_storage` since API 1.48.
        :param max_used_space: how much the cache may take, likewise (API 1.48).
        :param min_free_space: how much of the disk is to be free then, likewise (API 1.48).
        :returns: a dict: CachesDeleted (a list of ids) and SpaceReclaimed (bytes).
        :raises docker.errors.NotSupported: for an argument that came with a later version of the API than
            the engine has.

        `POST /build/prune`, since API 1.31

            >>> client.prune_builds(keep_storage='2g')['SpaceReclaimed']
        """
        return self._prune('build', {
            'filters': convert_filters(filters), 'all': 1 if all else None,
            'keep-storage': _size_or_none(keep_storage, 'keep_storage'),
            'reserved-space': _size_or_none(reserved_space, 'reserved_space'),
            'max-used-space': _size_or_none(max_used_space, 'max_used_space'),
            'min-free-space': _size_or_none(min_free_space, 'min_free_space')})

    def _prune(self, what, params):
        return self._json(self._post(self._url('/{0}/prune'.format(what)), params=params,
                                     timeout=self._unbounded))


def _size_or_none(value, name):
    return None if is_absent(value) else convert_size(value, name)
