"""The dicts of calls for plugins."""

from docker.responses.typed import List, Optional, TypedDict

PluginPrivilege = TypedDict('PluginPrivilege', {
    'Name': str,  # such as 'network', 'mount' or 'capabilities'
    'Description': str,
    'Value': List[str],
})
"""An item of what `plugin_privileges` returns, and of what `pull_plugin` takes."""

PluginMount = TypedDict('PluginMount', {
    'Name': str, 'Description': str,
    'Settable': Optional[List[str]],  # which of its fields `configure_plugin` can set
    'Source': Optional[str], 'Destination': str, 'Type': str, 'Options': List[str],
})
"""What is mounted in a plugin."""

PluginDevice = TypedDict('PluginDevice', {
    'Name': str, 'Description': str, 'Settable': Optional[List[str]], 'Path': Optional[str]})
"""A device of the host in a plugin."""

PluginEnv = TypedDict('PluginEnv', {
    'Name': str, 'Description': str, 'Settable': Optional[List[str]], 'Value': Optional[str]})
"""A variable of a plugin."""

PluginArgs = TypedDict('PluginArgs', {
    'Name': str, 'Description': str, 'Settable': Optional[List[str]], 'Value': Optional[List[str]]})
"""The arguments of a plugin."""

PluginSettings = TypedDict('PluginSettings', {
    'Mounts': List[PluginMount], 'Env': List[str], 'Args': List[str], 'Devices': List[PluginDevice]})
"""What a plugin runs with."""

PluginInterface = TypedDict('PluginInterface', {
    'Types': List[str],  # such as 'docker.volumedriver/1.0'
    'Socket': str, 'ProtocolScheme': str,
})
"""How the engine reaches a plugin."""

PluginUser = TypedDict('PluginUser', {'UID': int, 'GID': int})
"""The user of a plugin."""

PluginNetwork = TypedDict('PluginNetwork', {'Type': str})
"""The network of a plugin: 'host', 'bridge' or 'none'."""

PluginLinux = TypedDict('PluginLinux', {
    'Capabilities': Optional[List[str]], 'AllowAllDevices': bool, 'Devices': Optional[List[PluginDevice]]})
"""What a plugin may do on Linux."""

PluginRootFS = TypedDict('PluginRootFS', {'type': str, 'diff_ids': List[str]})
"""The layers of a plugin."""

PluginConfig = TypedDict('PluginConfig', {
    'DockerVersion': str, 'Description': str, 'Documentation': str,
    'Interface': PluginInterface,
    'Entrypoint': List[str], 'WorkDir': str, 'User': PluginUser,
    'Network': PluginNetwork, 'Linux': PluginLinux,
    'PropagatedMount': str, 'IpcHost': bool, 'PidHost': bool,
    'Mounts': Optional[List[PluginMount]], 'Env': Optional[List[PluginEnv]], 'Args': PluginArgs,
    'rootfs': PluginRootFS,
})
"""What the author of a plugin gave it."""

Plugin = TypedDict('Plugin', {
    'Id': str, 'Name': str, 'Enabled': bool,
    'Settings': PluginSettings,
    'PluginReference': str,  # the name that it was pulled by; since API 1.26
    'Config': PluginConfig,
})
"""An item of what `plugins` returns, and what `inspect_plugin` returns."""
