"""Networks: create, list, inspect, connect, disconnect, remove."""

from docker.config import convert_filters
from docker.session import EngineSession
from docker.validation import (
    as_list, check_if_given, check_json_dict, check_nonempty_text, check_text, check_text_map, identifier,
    is_absent, query_flag, without_none)


class NetworkCalls(EngineSession):
    """The calls about networks."""

    def networks(self, names=None, ids=None, filters=None):
        """List networks.

        :param names: only networks whose name contains one of these: text, or a list of text.
        :param ids: only networks whose id contains one of these: text, or a list of text.
        :param filters: a dict of further filters: ``type`` (``'custom'`` or ``'builtin'``), ``driver`` and
            ``label`` (since API 1.24), ``scope`` (1.30), ``dangling`` and others, each with text, a bool or a
            list; ``label`` also with a dict.
        :returns: a list of dicts: Name, Id, Scope, Driver, IPAM (Driver, Options, Config: a list of Subnet,
            IPRange, Gateway, AuxiliaryAddresses), Options, Internal, Labels, Containers (of each network, as
            `inspect_network` returns them) and more. With a `version` of 1.28 and later, the list has no
            Containers.

        `GET /networks`, since API 1.21

            >>> [network['Name'] for network in client.networks()]
            ['bridge', 'host', 'none']
        """
        convert_filters(filters)
        filters = dict(filters or {})
        for key, wanted, name in (('name', names, 'names'), ('id', ids, 'ids')):
            wanted = [] if is_absent(wanted) else as_list(wanted)
            texts = [check_nonempty_text(item, name) for item in wanted]
            if texts:
                filters[key] = texts + list(as_list(filters.get(key, [])))
        return self._get_json(self._url('/networks'), params={'filters': convert_filters(filters)})

    def create_network(self, name, driver=None, options=None, ipam=None, check_duplicate=None, internal=False,
                       labels=None, enable_ipv6=False, attachable=None, scope=None, ingress=None,
                       config_only=None, config_from=None, enable_ipv4=None):
        """Create a network.

        :param name: its name, as text.
        :param driver: the name of its driver, as text: ``'bridge'``, which is the default, ``'overlay'`` ...
        :param options: options of the driver: a dict of text to text (also ints and bools).
        :param ipam: its subnets, a dict as `docker.utils.create_ipam_config` returns it.
        :param check_duplicate: True for a Conflict when a network has this name. Without it, engines before
            API 1.44 create another network of the same name; later ones always check.
        :param internal: True for a network that does not reach outside. Since API 1.22.
        :param labels: a dict of text to text, or a list of ``'name=value'``. Since API 1.23.
        :param enable_ipv6: True to give IPv6 addresses. Since API 1.23.
        :param attachable: True so that containers can be connected to a network of a swarm. Since API 1.25.
        :param scope: ``'local'`` or ``'swarm'``. Since API 1.30.
        :param ingress: True for the network that routes published ports of a swarm. Since API 1.29.
        :param config_only: True for a network that only holds settings for others. Since API 1.30.
        :param config_from: the name of a network that holds the settings, as text. Since API 1.30.
        :param enable_ipv4: False to give no IPv4 addresses. Since API 1.48.
        :returns: a dict: Id, and Warning (text).
        :raises docker.errors.Conflict: when the name is in use, as described above.
        :raises docker.errors.NotSupported: for what the engine does not have.

        `POST /networks/create`, since API 1.21

            >>> client.create_network('front', labels={'tier': 'web'})['Id']
        """
        return self._json(self._post_json(self._url('/networks/create'), without_none({
            'Name': check_nonempty_text(name, 'name'),
            'Driver': check_if_given(check_text, driver, 'driver'),
            'Options': check_if_given(check_text_map, options, 'options') or None,
            'IPAM': None if ipam is None else check_json_dict(ipam, 'ipam'),
            'CheckDuplicate': None if check_duplicate is None else bool(check_duplicate),
            'Internal': bool(internal) or None,
            'Labels': check_if_given(check_text_map, labels, 'labels') or None,
            'EnableIPv6': bool(enable_ipv6) or None,
            'Attachable': bool(attachable) or None,
            'Scope': check_if_given(check_text, scope, 'scope'),
            'Ingress': bool(ingress) or None,
            'ConfigOnly': bool(config_only) or None,
            'ConfigFrom': None if is_absent(config_from) else {
                'Network': check_text(config_from, 'config_from')},
            'EnableIPv4': None if enable_ipv4 is None else bool(enable_ipv4)})))

    def remove_network(self, net_id):
        """Remove a network.

        :param net_id: an id, a short id, a name, or a dict with Id.
        :returns: None.
        :raises docker.errors.Conflict: when a container is connected to it, and for networks of the engine's
            own, such as bridge.
        :raises docker.errors.NotFound: when there is no such network.

        `DELETE /networks/{id}`, since API 1.21

            >>> client.remove_network('front')
        """
        self._checked(self._delete(self._url('/networks/{0}', identifier(net_id, 'net_id'))))

    def inspect_network(self, net_id, verbose=None, scope=None):
        """Return the details of a network.

        :param net_id: an id, a short id, a name, or a dict with Id.
        :param verbose: True to include the services of a network of a swarm. Since API 1.31.
        :param scope: only a network of this scope, ``'local'``, ``'swarm'`` or ``'global'``. Since API 1.31.
        :returns: a dict, as of `networks`. Its Containers is a dict of the ids of the running containers in
            it to dicts: Name, EndpointID, MacAddress, IPv4Address and IPv6Address (with the size of the
            subnet, such as ``'172.18.0.2/16'``).
        :raises docker.errors.NotFound: when there is no such network.

        `GET /networks/{id}`, since API 1.21

            >>> client.inspect_network('bridge')['IPAM']['Config'][0]['Subnet']
            '172.17.0.0/16'
        """
        return self._get_json(self._url('/networks/{0}', identifier(net_id, 'net_id')), params={
            'verbose': query_flag(verbose) or None,
            'scope': check_if_given(check_text, scope, 'scope')})

    def connect_container_to_network(self, container, net_id, ipv4_address=None, ipv6_address=None,
                                     aliases=None, links=None, link_local_ips=None, driver_opts=None,
                                     mac_address=None, gw_priority=None):
        """Connect a container, running or not, to a network.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param net_id: a network: an id, a short id, a name, or a dict with Id.
        :param ipv4_address: its IPv4 address there, as text; the network must have a subnet that was given
            when it was created. These arguments are those of `docker.utils.create_endpoint_config`, and all
            of them need API 1.22 or later.
        :param ipv6_address: its IPv6 address, likewise.
        :param aliases: further names of it in this network: text, or a list of text.
        :param links: containers with their aliases: a dict, or a list of pairs or of ``'name:alias'``.
        :param link_local_ips: link-local addresses: text, or a list of text. Since API 1.24.
        :param driver_opts: options of the network driver: a dict of text to text. Since API 1.32.
        :param mac_address: its MAC address there, as text. Since API 1.44.
        :param gw_priority: an int; the network with the highest has the default gateway. Since API 1.48.
        :returns: None.
        :raises docker.errors.Conflict: when it is connected to the network.
        :raises docker.errors.NotFound: when there is no such container or network.

        `POST /networks/{id}/connect`, since API 1.21

            >>> client.connect_container_to_network('db', 'back', aliases=['database'])
        """
        # Imported here, as few scripts give a container's settings in a network.
        from docker.network_config import create_endpoint_config
        endpoint = create_endpoint_config(
            None, aliases, links, ipv4_address, ipv6_address, link_local_ips, driver_opts, mac_address,
            gw_priority)
        self._checked(self._post_json(
            self._url('/networks/{0}/connect', identifier(net_id, 'net_id')),
            without_none({'Container': identifier(container), 'EndpointConfig': endpoint or None})))

    def disconnect_container_from_network(self, container, net_id, force=False):
        """Disconnect a container, running or not, from a network.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param net_id: a network: an id, a short id, a name, or a dict with Id.
        :param force: True to remove what is left of a container in the network. Since API 1.22.
        :returns: None.
        :raises docker.errors.Conflict: when it is not connected to the network.
        :raises docker.errors.NotFound: when there is no such container or network.

        `POST /networks/{id}/disconnect`, since API 1.21

            >>> client.disconnect_container_from_network('db', 'back')
        """
        self._checked(self._post_json(
            self._url('/networks/{0}/disconnect', identifier(net_id, 'net_id')),
            without_none({'Container': identifier(container), 'Force': bool(force) or None})))

    def create_networking_config(self, *args, **kwargs):
        """Return the networks of a container to create: `docker.utils.create_networking_config`.

        Nothing is sent: the result is an argument of `create_container`, `POST /containers/create`.

            >>> client.create_networking_config({'front': client.create_endpoint_config(aliases=['web'])})
        """
        from docker.network_config import create_networking_config
        return create_networking_config(*args, **kwargs)

    def create_endpoint_config(self, *args, **kwargs):
        """Return what is set of a container in one network: `docker.utils.create_endpoint_config`.

        The arguments are those of that function, without `version`. Nothing is sent: the result is a part
        of an argument of `create_container`, `POST /containers/create`.

            >>> client.create_endpoint_config(aliases=['web'], ipv4_address='10.5.0.2')
        """
        from docker.network_config import create_endpoint_config
        return create_endpoint_config(None, *args, **kwargs)
