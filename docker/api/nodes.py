"""The nodes of a swarm: list, inspect, update, remove. Only managers respond to these calls."""

from docker.config import convert_filters
from docker.service_values import convert_version
from docker.session import EngineSession
from docker.validation import check_json_dict, identifier, query_flag


class NodeCalls(EngineSession):
    """The calls about nodes."""

    def nodes(self, filters=None):
        """List the nodes of the swarm.

        :param filters: a dict: id, name, role (``'manager'`` or ``'worker'``), membership, label,
            node.label, each text or a list of text.
        :returns: a list of dicts, each as `inspect_node` returns it.
        :raises docker.errors.APIError: when the engine is no manager.

        `GET /nodes`, since API 1.24

            >>> [node['Description']['Hostname'] for node in client.nodes()]
        """
        return self._get_json(self._url('/nodes'), params={'filters': convert_filters(filters)})

    def inspect_node(self, node_id):
        """Return the details of a node.

        :param node_id: its id or name, or a dict with ID.
        :returns: a dict: ID, Version (Index), Spec (Role, Availability, Labels), Description (Hostname,
            Platform, Resources, Engine), Status (State, Addr), of managers ManagerStatus, and more.
        :raises docker.errors.NotFound: when there is no such node.

        `GET /nodes/{id}`, since API 1.24

            >>> client.inspect_node(client.nodes()[0])['Spec']['Availability']
            'active'
        """
        return self._get_json(self._url('/nodes/{0}', identifier(node_id, 'node_id')))

    def update_node(self, node_id, version, node_spec=None):
        """Change the role, the availability or the labels of a node.

        :param node_id: its id or name, or a dict with ID.
        :param version: its Version: the Index, an int, or the dict.
        :param node_spec: a dict: Role (``'worker'`` or ``'manager'``), Availability (``'active'``,
            ``'pause'``, or ``'drain'``, which moves its tasks to other nodes), and optionally Name and
            Labels. It replaces all of Spec: change the one that `inspect_node` returns.
        :returns: True.
        :raises docker.errors.NotFound: when there is no such node.
        :raises docker.errors.APIError: for an old version.

        `POST /nodes/{id}/update`, since API 1.24

            >>> node = client.nodes({'role': 'worker'})[0]
            >>> client.update_node(node, node['Version'], dict(node['Spec'], Availability='drain'))
        """
        self._checked(self._post_json(
            self._url('/nodes/{0}/update', identifier(node_id, 'node_id')),
            {} if node_spec is None else check_json_dict(node_spec, 'node_spec'),
            params={'version': convert_version(version)}))
        return True

    def remove_node(self, node_id, force=False):
        """Remove a node that has left the swarm.

        :param node_id: its id or name, or a dict with ID.
        :param force: True also if it is still reachable.
        :returns: True.
        :raises docker.errors.NotFound: when there is no such node.

        `DELETE /nodes/{id}`, since API 1.24

            >>> client.remove_node(worker_id, force=True)
        """
        self._checked(self._delete(self._url('/nodes/{0}', identifier(node_id, 'node_id')),
                                   params={'force': query_flag(force)}))
        return True
