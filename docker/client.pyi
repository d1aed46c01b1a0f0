from docker.api.archives import ArchiveCalls
from docker.api.attach import AttachCalls
from docker.api.build import BuildCalls
from docker.api.configs import ConfigCalls
from docker.api.containers import ContainerCalls
from docker.api.disk import DiskCalls
from docker.api.exec_instances import ExecCalls
from docker.api.image_archives import ImageArchiveCalls
from docker.api.images import ImageCalls
from docker.api.lifecycle import LifecycleCalls
from docker.api.networks import NetworkCalls
from docker.api.nodes import NodeCalls
from docker.api.plugins import PluginCalls
from docker.api.registries import RegistryCalls
from docker.api.secrets import SecretCalls
from docker.api.services import ServiceCalls
from docker.api.stats import StatsCalls
from docker.api.swarm import SwarmCalls
from docker.api.system import SystemCalls
from docker.api.tasks import TaskCalls
from docker.api.volumes import VolumeCalls
from docker.errors import APIError
from docker.session import AutoVersionSession, DEFAULT_DOCKER_API_VERSION, DEFAULT_TIMEOUT_SECONDS

class Client(
    ContainerCalls, LifecycleCalls, AttachCalls, ExecCalls, StatsCalls, ArchiveCalls, ImageCalls,
    ImageArchiveCalls, BuildCalls, RegistryCalls, NetworkCalls, VolumeCalls, SwarmCalls, NodeCalls,
    ServiceCalls, TaskCalls, SecretCalls, ConfigCalls, PluginCalls, SystemCalls, DiskCalls,
): ...

class AutoVersionClient(AutoVersionSession, Client): ...

from_env = Client.from_env

__all__ = ['APIError', 'AutoVersionClient', 'Client', 'DEFAULT_DOCKER_API_VERSION', 'DEFAULT_TIMEOUT_SECONDS',
           'from_env']
