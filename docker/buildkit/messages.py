"""The messages of BuildKit that a client reads or writes, and the methods that they belong to.

One table: the numbers and types of their fields, as protocol buffers have them (see protobuf.py). Names of
fields are those that the engine's own JSON has; the ones of fsutil, which have none, are in the same style.
"""

from docker.buildkit.protobuf import BOOL, BYTES, INT, TEXT, UINT, MapOf

EMPTY = {}
TIMESTAMP = {1: ('seconds', INT), 2: ('nanos', INT)}

# moby.buildkit.v1: what a build reports.
_DIGESTS = [TEXT]
_PROGRESS_GROUP = {1: ('id', TEXT), 2: ('name', TEXT), 3: ('weak', BOOL)}
VERTEX = {
    1: ('digest', TEXT), 2: ('inputs', _DIGESTS), 3: ('name', TEXT), 4: ('cached', BOOL),
    5: ('started', TIMESTAMP), 6: ('completed', TIMESTAMP), 7: ('error', TEXT),
    8: ('progressGroup', _PROGRESS_GROUP)}
VERTEX_STATUS = {
    1: ('id', TEXT), 2: ('vertex', TEXT), 3: ('name', TEXT), 4: ('current', INT), 5: ('total', INT),
    6: ('timestamp', TIMESTAMP), 7: ('started', TIMESTAMP), 8: ('completed', TIMESTAMP)}
VERTEX_LOG = {1: ('vertex', TEXT), 2: ('timestamp', TIMESTAMP), 3: ('stream', INT), 4: ('data', BYTES)}
_POSITION = {1: ('line', INT), 2: ('character', INT)}
_RANGE = {1: ('start', _POSITION), 2: ('end', _POSITION)}
# Without how the file came to the engine, 3.
_SOURCE_INFO = {1: ('filename', TEXT), 2: ('data', BYTES), 4: ('language', TEXT)}
VERTEX_WARNING = {
    1: ('vertex', TEXT), 2: ('level', INT), 3: ('short', BYTES), 4: ('detail', [BYTES]), 5: ('url', TEXT),
    6: ('info', _SOURCE_INFO), 7: ('ranges', [_RANGE])}
STATUS_RESPONSE = {
    1: ('vertexes', [VERTEX]), 2: ('statuses', [VERTEX_STATUS]), 3: ('logs', [VERTEX_LOG]),
    4: ('warnings', [VERTEX_WARNING])}

# A stream of bytes: of a session, of a forwarded agent, of an archive.
BYTES_MESSAGE = {1: ('data', BYTES)}

# grpc.health.v1
HEALTH_CHECK_REQUEST = {1: ('service', TEXT)}
HEALTH_CHECK_RESPONSE = {1: ('status', INT)}
SERVING = 1

# moby.buildkit.secrets.v1, moby.sshforward.v1, moby.filesync.v1
GET_SECRET_REQUEST = {1: ('ID', TEXT), 2: ('annotations', MapOf(TEXT))}
GET_SECRET_RESPONSE = {1: ('data', BYTES)}
CHECK_AGENT_REQUEST = {1: ('ID', TEXT)}
CREDENTIALS_REQUEST = {1: ('host', TEXT)}
CREDENTIALS_RESPONSE = {1: ('username', TEXT), 2: ('secret', TEXT)}

# fsutil: what FileSync and FileSend stream. Names are bytes, as they may be in any encoding. Extended
# attributes are left out, with which the list of a folder could fill the memory.
STAT = {
    1: ('path', BYTES), 2: ('mode', UINT), 3: ('uid', UINT), 4: ('gid', UINT), 5: ('size', INT),
    6: ('modTime', INT), 7: ('linkname', BYTES), 8: ('devmajor', INT), 9: ('devminor', INT)}
PACKET = {1: ('type', INT), 2: ('stat', STAT), 3: ('ID', UINT), 4: ('data', BYTES)}
PACKET_STAT, PACKET_REQUEST, PACKET_DATA, PACKET_END, PACKET_ERROR = range(5)

# The methods of a session that the engine calls.
HEALTH_CHECK = '/grpc.health.v1.Health/Check'
GET_SECRET = '/moby.buildkit.secrets.v1.Secrets/GetSecret'
CHECK_AGENT = '/moby.sshforward.v1.SSH/CheckAgent'
FORWARD_AGENT = '/moby.sshforward.v1.SSH/ForwardAgent'
CREDENTIALS = '/moby.filesync.v1.Auth/Credentials'
SEND_FILES = '/moby.filesync.v1.FileSync/DiffCopy'
RECEIVE_FILES = '/moby.filesync.v1.FileSend/DiffCopy'
# The one that opens a session, where the engine itself takes gRPC.
SESSION = '/moby.buildkit.v1.Control/Session'
