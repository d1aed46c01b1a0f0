"""The tasks of a swarm, which run the replicas of its services: list, inspect, logs."""

from docker.config import convert_filters
from docker.log_query import convert_log_query
from docker.session import EngineSession
from docker.validation import identifier


class TaskCalls(EngineSession):
    """The calls about tasks."""

    def tasks(self, filters=None):
        """List the tasks of the swarm.

        :param filters: a dict: id, name, service, node, label, desired-state (``'running'``, ``'shutdown'``
            or ``'accepted'``), each text or a list of text.
        :returns: a list of dicts, each as `inspect_task` returns it.
        :raises docker.errors.APIError: when the engine is no manager.

        `GET /tasks`, since API 1.24

            >>> [task['Status']['State'] for task in client.tasks({'service': 'web'})]
            ['running', 'running']
        """
        return self._get_json(self._url('/tasks'), params={'filters': convert_filters(filters)})

    def inspect_task(self, task):
        """Return the details of a task.

        :param task: its id, or a dict with ID.
        :returns: a dict: ID, Version (Index), ServiceID, NodeID, Slot, Spec (its TaskTemplate), Status
            (State, Message, Err, ContainerStatus), DesiredState, and more.
        :raises docker.errors.NotFound: when there is no such task.

        `GET /tasks/{id}`, since API 1.24

            >>> client.inspect_task(task)['Status']['ContainerStatus']['ContainerID']
        """
        return self._get_json(self._url('/tasks/{0}', identifier(task, 'task')))

    def task_logs(self, task, stdout=True, stderr=True, stream=False, timestamps=False, tail='all',
                  since=None, follow=None, details=False, is_tty=None):
        """Return the output of a task.

        :param task: its id, or a dict with ID.
        :param stdout: True for its standard output.
        :param stderr: True for its standard error.
        :param stream: True to return a generator.
        :param timestamps: True for a timestamp before each line.
        :param tail: how many lines from the end, an int, or ``'all'``.
        :param since: the time of the first output, as `logs` takes it.
        :param follow: True to wait for more output, until the task is removed; None for the value of
            `stream`.
        :param details: True for labels before each line.
        :param is_tty: whether the task has a terminal; None to ask the engine first.
        :returns: bytes; with `stream` a generator of bytes as they are written, whose `close()` may be
            called at any time, from any thread.
        :raises docker.errors.NotFound: when there is no such task.
        :raises docker.errors.OperationFailed: when the engine reports an error among the output.
        :raises docker.errors.StreamBroken: when the output ends too early.

        `GET /tasks/{id}/logs`, since API 1.30

            >>> client.task_logs(task, tail=10)
        """
        task = identifier(task, 'task')
        follow = bool(stream) if follow is None else follow
        query = convert_log_query(stdout, stderr, timestamps, tail, since, details=details)
        if is_tty is None:
            container = (self.inspect_task(task).get('Spec') or {}).get('ContainerSpec') or {}
            is_tty = container.get('TTY')
        return self._log(self._url('/tasks/{0}/logs', task), query, follow, is_tty, stream)
