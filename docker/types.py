"""The names that programs import from `docker.types`: dicts in the words of the API, built from arguments.

`ContainerSpec`, `DNSConfig`, `Privileges`, `SecretReference` and `ConfigReference` are in
docker/container_spec.py, `TaskTemplate` and the other parts of a service in docker/service_config.py,
`SwarmSpec` and `SwarmExternalCA` in docker/swarm_config.py, `Mount` and `DriverConfig` in docker/mounts.py,
`LogConfig` and `Ulimit` in docker/limits.py. `ExecResult`, which `exec_run` returns, is in
docker/exec_result.py.
"""

from docker.container_spec import ConfigReference, ContainerSpec, DNSConfig, Privileges, SecretReference
from docker.exec_result import ExecResult
from docker.limits import LogConfig, Ulimit
from docker.mounts import DriverConfig, Mount
from docker.service_config import (
    EndpointSpec, NetworkAttachmentConfig, Placement, PlacementPreference, Resources,
    RestartConditionTypesEnum, RestartPolicy, RollbackConfig, ServiceMode, TaskTemplate, UpdateConfig)
from docker.suggestions import explain_mistakes
from docker.swarm_config import SwarmExternalCA, SwarmSpec

__all__ = [
    'ConfigReference', 'ContainerSpec', 'DNSConfig', 'DriverConfig', 'EndpointSpec', 'ExecResult',
    'LogConfig', 'Mount', 'NetworkAttachmentConfig', 'Placement', 'PlacementPreference', 'Privileges',
    'Resources', 'RestartConditionTypesEnum', 'RestartPolicy', 'RollbackConfig', 'SecretReference',
    'ServiceMode', 'SwarmExternalCA', 'SwarmSpec', 'TaskTemplate', 'Ulimit', 'UpdateConfig']

for _kind in [globals()[_name] for _name in __all__]:
    if issubclass(_kind, dict):
        _kind.__init__ = explain_mistakes(_kind.__init__)
