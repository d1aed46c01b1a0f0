"""The files of a build, as BuildKit streams them: those of its context to the engine, what it makes back.

Both ends speak in packets. The sender lists everything, a folder before its content, names compared part by
part; a stat without a path ends the list. The number of a stat is the id by which the receiver requests the
content of a file, whenever it likes; that comes in packets with data, and ends with one without. So of a
context that the engine has already, only what has changed is read. When the receiver has all, each end sends
that it is at its end.
"""

import collections

from six.moves.urllib import parse

from docker.buildkit import messages
from docker.buildkit.grpc import INTERNAL, INVALID_ARGUMENT, NOT_FOUND, CallFailed
from docker.buildkit.protobuf import encode
from docker.buildkit.services import decoded
from docker.compat import decode_path

# The bits of a mode, as Go's os.FileMode has them; the lowest nine are the permissions.
FOLDER, LINK, DEVICE, FIFO, SOCKET = 1 << 31, 1 << 27, 1 << 26, 1 << 25, 1 << 24
SETUID, SETGID, CHARACTER_DEVICE, STICKY = 1 << 23, 1 << 22, 1 << 21, 1 << 20
_NOT_REGULAR = FOLDER | LINK | DEVICE | FIFO | SOCKET | CHARACTER_DEVICE

# How many entries are listed, and how many bytes are read of files, before the engine's packets are looked
# at again.
_LISTED_AT_ONCE = 64
_SENT_AT_ONCE = 32 * 1024
# How many files are requested before the first of them has come. The engine takes no more requests than a
# few hundred while it sends, and neither end may wait for the other.
_REQUESTED_AT_ONCE = 32

# What the engine wants of a folder. `name` is 'context' or 'dockerfile'; the others are lists of text:
# patterns, and paths that are wanted with what links in them lead to. Without `include` and `follow` all is.
Wanted = collections.namedtuple('Wanted', 'name include exclude followed')


def is_regular(mode):
    """Return whether an entry with a mode of Go's is a regular file."""
    return not mode & _NOT_REGULAR


def send_files(folders):
    """Return the methods by which the engine gets files.

    :param folders: a dict of names, text, to functions. One is called with what the engine wants, as Wanted,
        and a function that raises an exception when the call is over; it returns a pair: an iterator of pairs
        of a stat, as in docker.buildkit.messages, and anything; and a function that is called with that thing
        of a regular file, and returns a generator of its content. An OSError of theirs ends the call.
    """
    def serve(call):
        wanted = _wanted_of(call.metadata)
        if wanted.name not in folders:
            raise CallFailed(NOT_FOUND, u'there is no folder {0} to be sent'.format(wanted.name))
        _converse(call, FileSender(*folders[wanted.name](wanted, call.check)))
    return {messages.SEND_FILES: serve}


def receive_files(tree):
    """Return the methods by which the engine sends the files that it has made.

    :param tree: a function; it returns what FileReceiver takes.
    """
    return {messages.RECEIVE_FILES: lambda call: _converse(call, FileReceiver(tree()))}


def receive_archive(target):
    """Return the methods by which the engine sends an archive that it has made.

    :param target: a function, which returns a context manager of a function: that is called with each chunk.
        The archive is complete when the context manager ends without an exception.
    """
    def serve(call):
        with target() as write:
            for message in call:
                write(decoded(message, messages.BYTES_MESSAGE)['data'])
    return {messages.RECEIVE_FILES: serve}


def _converse(call, end):
    """Pass on packets between the engine and an end, until that is done, and close it."""
    try:
        while not end.done:
            packets = [] if call.is_ready() else end.next_packets()
            if packets:
                call.send_all(packets)
                continue
            message = call.receive()
            if message is None:
                raise CallFailed(INTERNAL, u'the engine has ended the transfer of files too early')
            end.receive(message)
        call.send_all(end.next_packets())
    except EnvironmentError as error:
        _send_error(call, _text_of_error(error))
        raise
    finally:
        end.close()


def _send_error(call, text):
    try:
        call.send(_packet(messages.PACKET_ERROR, data=text.encode('utf-8')))
    except Exception:
        pass    # the call is over meanwhile, and the error itself is what counts


def _wanted_of(metadata):
    def values(key):
        found = metadata.get(key, [])
        if metadata.get(key + u'-encoded') == [u'1']:
            # As in the query of a URL, because a header takes ASCII alone.
            unquote = getattr(parse, 'unquote_to_bytes', parse.unquote)
            found = [decode_path(unquote(value.replace(u'+', u' ').encode('utf-8'))) for value in found]
        return found
    name = (values(u'dir-name') or [u''])[0]
    return Wanted(name, *[values(key) for key in (u'include-patterns', u'exclude-patterns', u'followpaths')])


def _packet(kind, **fields):
    return encode(dict(fields, type=kind), messages.PACKET)


def _packet_of(message):
    """Return a packet of the other end.

    :raises CallFailed: when it is none, and when it is an error.
    """
    packet = decoded(message, messages.PACKET)
    if packet['type'] == messages.PACKET_ERROR:
        raise CallFailed(INTERNAL, u'the engine has ended the transfer of files: {0}'.format(
            packet['data'].decode('utf-8', 'replace')))
    return packet


def _text_of_error(error):
    name = error.filename
    if name is None:
        return u'{0}'.format(error.strerror or error)
    name = name.decode('utf-8', 'replace') if isinstance(name, bytes) else name
    return u'{0}: {1}'.format(error.strerror, name).encode('utf-8', 'replace').decode('utf-8')


class FileSender(object):
    """The end that sends files: packets in, packets out.

    :param entries: an iterator of pairs of a stat and anything.
    :param read: called with that thing of a regular file; returns a generator of its content.
    """

    def __init__(self, entries, read):
        self.done = False
        self._entries = iter(entries)
        self._read = read
        self._listed = False
        self._count = 0
        # Of the files that can be requested, by their ids; each can be once.
        self._files = {}
        self._requested = collections.deque()
        self._id = None
        self._content = None

    def receive(self, message):
        """Take a packet of the engine.

        :raises CallFailed: for one that is invalid, and for an error of the engine.
        """
        packet = _packet_of(message)
        if packet['type'] == messages.PACKET_REQUEST:
            if packet['ID'] not in self._files:
                raise CallFailed(INVALID_ARGUMENT, u'no file has the id {0}, or it was requested before'
                                 .format(packet['ID']))
            self._requested.append((packet['ID'], self._files.pop(packet['ID'])))
        elif packet['type'] == messages.PACKET_END:
            self.done = True

    def next_packets(self):
        """Return a list of packets to send next, none when the engine has to request more first."""
        if self.done:
            return [_packet(messages.PACKET_END)]
        if self._content is not None or self._requested:
            return self._next_contents()
        return [] if self._listed else self._next_stats()

    def close(self):
        """Close what is read."""
        for generator in (self._content, self._entries):
            if hasattr(generator, 'close'):
                generator.close()

    def _next_contents(self):
        """Return packets with the content of the files that are requested: a block, or some small files."""
        packets, size = [], 0
        while size < _SENT_AT_ONCE and (self._content is not None or self._requested):
            if self._content is None:
                self._id, file = self._requested.popleft()
                self._content = self._read(file)
            data = next(self._content, b'')
            if not data:
                self._content = None
            packets.append(_packet(messages.PACKET_DATA, ID=self._id, data=data))
            size += len(packets[-1])
        return packets

    def _next_stats(self):
        packets = []
        for entry, file in self._entries:
            packets.append(_packet(messages.PACKET_STAT, stat=entry))
            if is_regular(entry['mode']):
                self._files[self._count] = file
            self._count += 1
            if len(packets) == _LISTED_AT_ONCE:
                return packets
        self._listed = True
        packets.append(_packet(messages.PACKET_STAT))
        return packets


class FileReceiver(object):
    """The end that receives files: packets in, packets out.

    :param folder: what they are written to: `add(stat)` takes what is no regular file, and hard links;
        `create(stat)` returns a regular file, with `write(data)`, `finish()` when it is complete and
        `discard()`; `finish()` comes after all.
    """

    def __init__(self, folder):
        self.done = False
        self._folder = folder
        self._count = 0
        self._listed = self._complete = False
        # Files that are to be requested, that are requested, and of which data has come.
        self._waiting = collections.deque()
        self._requested = {}
        self._files = {}
        self._hard_links = []

    def receive(self, message):
        """Take a packet of the engine.

        :raises CallFailed: for one that is invalid, and for an error of the engine.
        """
        packet = _packet_of(message)
        if packet['type'] == messages.PACKET_STAT:
            self._add(packet['stat'])
        elif packet['type'] == messages.PACKET_DATA:
            self._write(packet['ID'], packet['data'])
        elif packet['type'] == messages.PACKET_END:
            if not self._complete:
                raise CallFailed(INTERNAL, u'the engine has ended the transfer of files too early')
            self.done = True

    def next_packets(self):
        """Return a list of packets to send next, none when the engine has to send more first."""
        packets = []
        while self._waiting and len(self._requested) < _REQUESTED_AT_ONCE:
            number, entry = self._waiting.popleft()
            self._requested[number] = entry
            packets.append(_packet(messages.PACKET_REQUEST, ID=number))
        if self._listed and not self._requested and not self._complete:
            for entry in self._hard_links:
                self._folder.add(entry)
            self._folder.finish()
            self._complete = True
            packets.append(_packet(messages.PACKET_END))
        return packets

    def close(self):
        """Discard the files that are not complete."""
        for file in self._files.values():
            file.discard()
        self._files = {}

    def _add(self, entry):
        if entry is None or not entry['path']:
            self._listed = True
        elif not is_regular(entry['mode']):
            self._folder.add(entry)
        elif entry['linkname']:
            # The file that it leads to may not be there yet.
            self._hard_links.append(entry)
        else:
            self._waiting.append((self._count, entry))
        self._count += 1

    def _write(self, number, data):
        if number not in self._requested:
            raise CallFailed(INVALID_ARGUMENT, u'the file with the id {0} was not requested'.format(number))
        if number not in self._files:
            self._files[number] = self._folder.create(self._requested[number])
        if data:
            self._files[number].write(data)
        else:
            del self._requested[number]
            self._files.pop(number).finish()
