"""The services of a swarm: create, list, inspect, update, remove, logs. Only managers respond."""

from docker import registry_auth
from docker.config import convert_filters
from docker.errors import APIError
from docker.log_query import convert_log_query
from docker.service_values import (
    convert_choice, convert_dict, convert_list, convert_version)
from docker.session import EngineSession
from docker.validation import (
    check_if_given, check_json_dict, check_nonempty_text, check_text_map, identifier, without_none)

# What managers write when an object was changed since the version that an update is for, and how often a
# service is read again then.
_OUT_OF_SEQUENCE = 'out of sequence'
_ATTEMPTS = 10


class ServiceCalls(EngineSession):
    """The calls about services."""

    def services(self, filters=None, status=None):
        """List the services of the swarm.

        :param filters: a dict: id, name, label, mode (``'replicated'`` or ``'global'``), each text or a list
            of text.
        :param status: True to include ServiceStatus: the numbers of RunningTasks, DesiredTasks and
            CompletedTasks (since API 1.41).
        :returns: a list of dicts, each as `inspect_service` returns it.
        :raises docker.errors.APIError: when the engine is no manager.

        `GET /services`, since API 1.24

            >>> [service['Spec']['Name'] for service in client.services()]
        """
        return self._get_json(self._url('/services'), params={
            'filters': convert_filters(filters), 'status': 1 if status else None})

    def create_service(self, task_template, name=None, labels=None, mode=None, update_config=None,
                       networks=None, endpoint_config=None, endpoint_spec=None, rollback_config=None,
                       auth_config=None):
        """Create a service, whose tasks start at once.

        :param task_template: what it runs: a `docker.types.TaskTemplate`, or a dict in the words of the API.
        :param name: text; the engine generates one when it is None.
        :param labels: a dict of text.
        :param mode: a `docker.types.ServiceMode`, ``'replicated'`` (one replica, which is the default),
            ``'global'``, or a dict such as ``{'Replicated': {'Replicas': 3}}``.
        :param update_config: a `docker.types.UpdateConfig`.
        :param networks: the networks of its tasks: a list of names, ids or
            `docker.types.NetworkAttachmentConfig`. An update cannot change them: those of
            `docker.types.TaskTemplate` can be changed (since API 1.25).
        :param endpoint_config: the same as `endpoint_spec`.
        :param endpoint_spec: the published ports: a `docker.types.EndpointSpec`.
        :param rollback_config: a `docker.types.RollbackConfig` (since API 1.28).
        :param auth_config: the credentials for the registry of the image, as `pull` takes them; None for
            known ones.
        :returns: a dict: ID, and Warnings (a list or None; may be missing).
        :raises docker.errors.Conflict: when the name is in use.
        :raises docker.errors.NotSupported: on engines before API 1.24, and with Podman.

        `POST /services/create`, since API 1.24

            >>> spec = docker.types.ContainerSpec('busybox', 'sleep 1000')
            >>> client.create_service(docker.types.TaskTemplate(spec), 'web',
            ...                       mode=docker.types.ServiceMode('replicated', replicas=2))
        """
        task_template = check_json_dict(task_template, 'task_template')
        body = _service_spec(task_template, name, labels, mode, update_config, networks,
                             _either(endpoint_config, endpoint_spec), rollback_config)
        return self._json(self._post_json_with_credentials(
            self._url('/services/create'), body, headers=self._image_headers(task_template, auth_config)))

    def inspect_service(self, service, insert_defaults=None):
        """Return the details of a service.

        :param service: its id or name, or a dict with ID.
        :param insert_defaults: True to include the defaults of what was not given (since API 1.29).
        :returns: a dict: ID, Version (Index), CreatedAt, UpdatedAt, Spec (Name, Labels, TaskTemplate, Mode,
            UpdateConfig, EndpointSpec), Endpoint, after an update UpdateStatus (State, Message), and more.
        :raises docker.errors.NotFound: when there is no such service.

        `GET /services/{id}`, since API 1.24

            >>> client.inspect_service('web')['Spec']['Mode']
            {'Replicated': {'Replicas': 2}}
        """
        return self._get_json(self._url('/services/{0}', identifier(service, 'service')),
                              params={'insertDefaults': 1 if insert_defaults else None})

    def update_service(self, service, version=None, task_template=None, name=None, labels=None, mode=None,
                       update_config=None, networks=None, endpoint_config=None, endpoint_spec=None,
                       rollback_config=None, auth_config=None, fetch_current_spec=False, rollback=None,
                       registry_auth_from=None):
        """Change a service. Tasks whose TaskTemplate changes are replaced, as `update_config` has it.

        The arguments are the whole new state of the service, its name included: what is left out gets its
        default. With `fetch_current_spec` it remains as it is.

        :param service: its id or name, or a dict with ID.
        :param version: its Version: the Index, an int, or the dict. If the service was changed since, the
            engine refuses the update. With `fetch_current_spec` it may be None, for the present one.
        :param task_template: as in `create_service`.
        :param name: the present name, as text: it cannot be changed.
        :param labels: as in `create_service`.
        :param mode: as in `create_service`; only the number of replicas can be changed.
        :param update_config: as in `create_service`.
        :param networks: as in `create_service`.
        :param endpoint_config: as in `create_service`.
        :param endpoint_spec: as in `create_service`.
        :param rollback_config: as in `create_service`.
        :param auth_config: as in `create_service`.
        :param fetch_current_spec: True to keep what is not given. Of a task template and its ContainerSpec,
            the fields that are given replace those that there are.
        :param rollback: ``'previous'`` to go back to the state before the last update (since API 1.28).
        :param registry_auth_from: where the credentials are from if none are known: ``'spec'``, or
            ``'previous-spec'`` for those of the state before (since API 1.25).
        :returns: a dict: Warnings (a list or None).
        :raises docker.errors.NotFound: when there is no such service.
        :raises docker.errors.APIError: for an old version.

        `POST /services/{id}/update`, since API 1.24

            >>> client.update_service('web', mode=docker.types.ServiceMode('replicated', replicas=3),
            ...                       fetch_current_spec=True)
        """
        service = identifier(service, 'service')
        if task_template is not None:
            task_template = check_json_dict(task_template, 'task_template')
        body = _service_spec(task_template, name, labels, mode, update_config, networks,
                             _either(endpoint_config, endpoint_spec), rollback_config)
        version = None if version is None and fetch_current_spec else convert_version(version)
        params = {'registryAuthFrom': convert_choice(registry_auth_from, 'registry_auth_from',
                                                     ('spec', 'previous-spec')),
                  'rollback': convert_choice(rollback, 'rollback', ('previous',))}
        headers = self._image_headers(task_template, auth_config)

        def update(body, version):
            response = self._checked(self._post_json_with_credentials(
                self._url('/services/{0}/update', service), body, params=dict(params, version=version),
                headers=headers))
            # Docker 1.12 responds without a body.
            return self._json(response) if response.content.strip() else {'Warnings': None}
        return self._update_present(service, body, version, update) if fetch_current_spec else update(
            body, version)

    def _update_present(self, service, body, version, update):
        """Update a service with changes of its present state; the swarm itself may change it meanwhile."""
        for attempt in range(_ATTEMPTS):
            current = self._get_json(self._url('/services/{0}', service), needed=('Version.Index', 'Spec'))
            merged = _merged_spec(current['Spec'], body)
            try:
                return update(merged, current['Version']['Index'] if version is None else version)
            except APIError as error:
                if version is not None or attempt == _ATTEMPTS - 1 or _OUT_OF_SEQUENCE not in str(error):
                    raise

    def _image_headers(self, task_template, auth_config):
        """Return the header with the credentials for the registry of an image, if any are known."""
        image = ((task_template or {}).get('ContainerSpec') or {}).get('Image')
        if auth_config is None and not image:
            return {}
        registry = registry_auth.resolve_repository(image)[0] if image else None
        credentials = self._credentials_for(registry, auth_config)
        return {} if credentials is None else {'X-Registry-Auth': registry_auth.encode_header(credentials)}

    def remove_service(self, service):
        """Remove a service, and its tasks.

        :param service: its id or name, or a dict with ID.
        :returns: True.
        :raises docker.errors.NotFound: when there is no such service.

        `DELETE /services/{id}`, since API 1.24

            >>> client.remove_service('web')
        """
        self._checked(self._delete(self._url('/services/{0}', identifier(service, 'service'))))
        return True

    def service_logs(self, service, stdout=True, stderr=True, stream=False, timestamps=False, tail='all',
                     since=None, follow=None, details=False, is_tty=None):
        """Return the output of the tasks of a service.

        :param service: its id or name, or a dict with ID.
        :param stdout: True for their standard output.
        :param stderr: True for their standard error.
        :param stream: True to return a generator.
        :param timestamps: True for a timestamp before each line.
        :param tail: how many lines of each task from the end, an int, or ``'all'``.
        :param since: the time of the first output, as `logs` takes it.
        :param follow: True to wait for more output, until the service is removed; None for the value of
            `stream`.
        :param details: True for the node and the task before each line.
        :param is_tty: whether its tasks have a terminal; None to ask the engine first.
        :returns: bytes; with `stream` a generator of bytes as they are written, whose `close()` may be
            called at any time, from any thread.
        :raises docker.errors.NotFound: when there is no such service.
        :raises docker.errors.OperationFailed: when the engine reports an error among the output.
        :raises docker.errors.StreamBroken: when the output ends too early.

        `GET /services/{id}/logs`, since API 1.25 (an experiment before 1.29)

            >>> for output in client.service_logs('web', stream=True):
            ...     print(output)
        """
        service = identifier(service, 'service')
        follow = bool(stream) if follow is None else follow
        query = convert_log_query(stdout, stderr, timestamps, tail, since, details=details)
        if is_tty is None:
            template = (self.inspect_service(service).get('Spec') or {}).get('TaskTemplate') or {}
            is_tty = (template.get('ContainerSpec') or {}).get('TTY')
        return self._log(self._url('/services/{0}/logs', service), query, follow, is_tty, stream)


def _either(endpoint_config, endpoint_spec):
    if endpoint_config is not None and endpoint_spec is not None:
        raise ValueError('endpoint_config and endpoint_spec are the same: one of them may be given')
    if endpoint_config is None:
        return convert_dict(endpoint_spec, 'endpoint_spec')
    return convert_dict(endpoint_config, 'endpoint_config')


def _service_spec(task_template, name, labels, mode, update_config, networks, endpoint_spec,
                  rollback_config):
    """Return a ServiceSpec in the words of the API, without what is None."""
    # Imported here, as few scripts speak to a swarm.
    from docker.service_config import convert_network, convert_service_mode
    return check_json_dict(without_none({
        'TaskTemplate': task_template,
        'Name': None if name is None else check_nonempty_text(name, 'name'),
        'Labels': check_if_given(check_text_map, labels, 'labels'),
        'Mode': convert_service_mode(mode),
        'UpdateConfig': convert_dict(update_config, 'update_config'),
        'Networks': convert_list(networks, 'networks', convert_network),
        'EndpointSpec': endpoint_spec,
        'RollbackConfig': convert_dict(rollback_config, 'rollback_config')}), 'service')


def _merged_spec(current, changes):
    """Return a ServiceSpec with changes. Those of a task template are made field by field."""
    merged = _merged(current, changes)
    if 'TaskTemplate' in changes:
        before, after = current.get('TaskTemplate') or {}, changes['TaskTemplate']
        merged['TaskTemplate'] = _merged(before, after)
        if before.get('ContainerSpec') and after.get('ContainerSpec'):
            merged['TaskTemplate']['ContainerSpec'] = _merged(before['ContainerSpec'], after['ContainerSpec'])
    return merged


def _merged(current, changes):
    """Return a dict with changes. Case does not matter in keys: engines have Healthcheck for HealthCheck."""
    changed = set(key.lower() for key in changes)
    return dict(((key, value) for key, value in current.items() if key.lower() not in changed), **changes)
