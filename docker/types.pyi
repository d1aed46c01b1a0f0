from docker.container_spec import ConfigReference, ContainerSpec, DNSConfig, Privileges, SecretReference
from docker.exec_result import ExecResult
from docker.limits import LogConfig, Ulimit
from docker.mounts import DriverConfig, Mount
from docker.service_config import (
    EndpointSpec, NetworkAttachmentConfig, Placement, PlacementPreference, Resources,
    RestartConditionTypesEnum, RestartPolicy, RollbackConfig, ServiceMode, TaskTemplate, UpdateConfig)
from docker.swarm_config import SwarmExternalCA, SwarmSpec

__all__ = [
    'ConfigReference', 'ContainerSpec', 'DNSConfig', 'DriverConfig', 'EndpointSpec', 'ExecResult',
    'LogConfig', 'Mount', 'NetworkAttachmentConfig', 'Placement', 'PlacementPreference', 'Privileges',
    'Resources', 'RestartConditionTypesEnum', 'RestartPolicy', 'RollbackConfig', 'SecretReference',
    'ServiceMode', 'SwarmExternalCA', 'SwarmSpec', 'TaskTemplate', 'Ulimit', 'UpdateConfig']
