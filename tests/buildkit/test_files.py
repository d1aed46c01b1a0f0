# -*- coding: utf-8 -*-
"""docker.buildkit.files: packets in, packets out, and what a session serves with them."""

import pytest

from docker.buildkit import files, messages
from docker.buildkit.grpc import CallFailed
from docker.buildkit.protobuf import decode, encode

# The packets of a folder d with a file d/f of mode 0644 and 5 bytes, and a link l to d, byte by byte.
FOLDER = b'\x12\x09\x0a\x01d\x10\xed\x83\x80\x80\x08'
FILE = b'\x12\x0a\x0a\x03d/f\x10\xa4\x03\x28\x05'
LINK = b'\x12\x0b\x0a\x01l\x10\xff\x83\x80\x40\x3a\x01d'
LIST_END = b''
REQUEST_1 = b'\x08\x01\x18\x01'
DATA_1, DATA_END_1 = b'\x08\x02\x18\x01\x22\x05hello', b'\x08\x02\x18\x01'
END = b'\x08\x03'
ERROR = b'\x08\x04\x22\x04oops'

ENTRIES = [({'path': b'd', 'mode': files.FOLDER | 0o755}, 'folder'),
           ({'path': b'd/f', 'mode': 0o644, 'size': 5}, 'file'),
           ({'path': b'l', 'mode': files.LINK | 0o777, 'linkname': b'd'}, 'link')]


class Call(object):
    """A call of the engine: `script` is a list of messages, or functions of what was sent that return one."""

    def __init__(self, script, **metadata):
        self.metadata = dict((key.replace('_', '-'), value) for key, value in metadata.items())
        self.sent, self._script = [], list(script)

    def check(self):
        pass

    def is_ready(self):
        return bool(self._script) and not callable(self._script[0])

    def receive(self):
        if not self._script:
            return None
        message = self._script.pop(0)
        return message(self.sent) if callable(message) else message

    def __iter__(self):
        return iter(self.receive, None)

    def send(self, message):
        self.sent.append(message)

    def send_all(self, sent):
        self.sent.extend(sent)


def after(message, response):
    """Return a part of a script: a message that the engine sends once another one has come."""
    def respond(sent):
        assert message in sent
        return response
    return respond


class Source(object):
    """What a sender reads, with what was closed of it."""

    def __init__(self, entries=ENTRIES, chunks=(b'hello',)):
        self._entries, self._chunks = entries, chunks
        self.read_files, self.closed = [], []

    def entries(self):
        try:
            for entry in self._entries:
                yield entry
        finally:
            self.closed.append('entries')

    def read(self, file):
        self.read_files.append(file)
        try:
            for chunk in self._chunks:
                yield chunk
        finally:
            self.closed.append(file)


def sender(source):
    return files.FileSender(source.entries(), source.read)


def serve(call, source=None, **more):
    source = source or Source()
    wanted = []

    def open_folder(what, check_call):
        check_call()
        wanted.append(what)
        return source.entries(), source.read
    files.send_files({u'context': open_folder})[messages.SEND_FILES](call)
    return wanted[0]


# The sender

def test_a_folder_is_listed_and_its_file_sent():
    source = Source()
    end = sender(source)
    assert end.next_packets() == [FOLDER, FILE, LINK, LIST_END]
    assert end.next_packets() == []
    end.receive(REQUEST_1)
    assert end.next_packets() == [DATA_1, DATA_END_1]
    assert end.next_packets() == []
    assert not end.done
    end.receive(END)
    assert end.done
    assert end.next_packets() == [END]
    assert source.read_files == ['file'] and source.closed == ['entries', 'file']


def test_nothing_is_read_before_it_is_requested():
    source = Source()
    end = sender(source)
    end.next_packets()
    end.receive(END)
    assert source.read_files == []


def test_the_list_comes_in_parts_between_which_files_are_sent():
    entries = [({'path': b'f%03d' % number, 'mode': 0o600}, number) for number in range(200)]
    source = Source(entries)
    end = sender(source)
    listed = end.next_packets()
    assert 0 < len(listed) < 200
    end.receive(REQUEST_1)
    assert end.next_packets() == [DATA_1, DATA_END_1]
    while listed[-1] != LIST_END:
        listed += end.next_packets()
    assert [decode(packet, messages.PACKET)['stat']['path'] for packet in listed[:-1]] == [
        entry['path'] for entry, _ in entries]


def test_large_blocks_are_sent_one_by_one_and_small_files_together():
    block = b'x' * 100000
    source = Source([({'path': b'f%d' % number, 'mode': 0}, number) for number in range(4)], [block, block])
    end = sender(source)
    end.next_packets()
    for number in (0, 2):
        end.receive(encode({'type': 1, 'ID': number}, messages.PACKET))
    sizes = []
    while True:
        packets = [decode(packet, messages.PACKET) for packet in end.next_packets()]
        if not packets:
            break
        sizes.append([(packet['ID'], len(packet['data'])) for packet in packets])
    assert sizes == [[(0, 100000)], [(0, 100000)], [(0, 0), (2, 100000)], [(2, 100000)], [(2, 0)]]


@pytest.mark.parametrize('number', [0, 2, 3, 7])
def test_what_is_no_file_cannot_be_requested(number):
    end = sender(Source())
    end.next_packets()
    with pytest.raises(CallFailed) as raised:
        end.receive(encode({'type': 1, 'ID': number}, messages.PACKET))
    assert 'no file has the id {0}'.format(number) in raised.value.text


def test_a_file_is_requested_once():
    end = sender(Source())
    end.next_packets()
    end.receive(REQUEST_1)
    with pytest.raises(CallFailed):
        end.receive(REQUEST_1)


def test_a_file_cannot_be_requested_before_it_is_listed():
    with pytest.raises(CallFailed):
        sender(Source()).receive(REQUEST_1)


@pytest.mark.parametrize('end', [sender(Source()), files.FileReceiver(None)])
def test_an_error_of_the_engine_ends_it(end):
    with pytest.raises(CallFailed) as raised:
        end.receive(ERROR)
    assert raised.value.text.endswith(': oops')


@pytest.mark.parametrize('message', [b'\x08', b'\x0a\x00', b'\x12\x02\x0a\x05'])
def test_what_is_no_packet(message):
    with pytest.raises(CallFailed):
        sender(Source()).receive(message)


# The methods

def test_a_call_is_served_to_its_end():
    call = Call([after(LIST_END, REQUEST_1), after(DATA_END_1, END)], dir_name=[u'context'])
    source = Source()
    wanted = serve(call, source)
    assert wanted == files.Wanted(u'context', [], [], [])
    assert call.sent == [FOLDER, FILE, LINK, LIST_END, DATA_1, DATA_END_1, END]
    assert source.closed == ['entries', 'file']


def test_what_the_engine_wants_is_in_the_metadata():
    call = Call([after(LIST_END, END)], dir_name=[u'context'], include_patterns=[u'*.py', u'a+b'],
                exclude_patterns=[u'd%20'], followpaths=[u'x', u'y'])
    assert serve(call) == files.Wanted(u'context', [u'*.py', u'a+b'], [u'd%20'], [u'x', u'y'])


def test_metadata_that_is_encoded():
    call = Call([after(LIST_END, END)], dir_name=[u'context'], exclude_patterns_encoded=[u'1'],
                exclude_patterns=[u'%C3%A9+x%2By', u'%FF', u'plain'], followpaths=[u'a%20b'])
    assert serve(call) == files.Wanted(u'context', [], [u'\xe9 x+y', u'\udcff', u'plain'], [u'a%20b'])


@pytest.mark.parametrize('metadata', [{}, {'dir_name': [u'other']}, {'dir_name': [u'']}])
def test_other_folders_are_refused(metadata):
    call = Call([], **metadata)
    with pytest.raises(CallFailed) as raised:
        serve(call)
    assert raised.value.status == 5 and call.sent == []


def test_a_file_that_cannot_be_read_is_an_error_for_both():
    def entries():
        yield ENTRIES[0]
        raise IOError(13, 'Permission denied', '/c/d/f')
    source = Source(entries())
    call = Call([], dir_name=[u'context'])
    with pytest.raises(EnvironmentError):
        serve(call, source)
    packet = decode(call.sent[-1], messages.PACKET)
    assert (packet['type'], packet['data']) == (4, b'Permission denied: /c/d/f')
    assert source.closed == ['entries']


def test_a_call_that_ends_too_early_closes_what_is_read():
    source = Source(chunks=[b'x' * 100000, b'y'])
    call = Call([after(LIST_END, REQUEST_1)], dir_name=[u'context'])
    call_send_all = call.send_all

    def send_all(sent):
        if sent[0][:2] == b'\x08\x02':
            raise RuntimeError('over')
        call_send_all(sent)
    call.send_all = send_all
    with pytest.raises(RuntimeError):
        serve(call, source)
    assert source.closed == ['entries', 'file']


def test_an_engine_that_ends_its_requests_before_the_end():
    with pytest.raises(CallFailed):
        serve(Call([], dir_name=[u'context']))


# The receiver

class Folder(object):
    """What was written."""

    def __init__(self):
        self.log = []

    def add(self, entry):
        self.log.append(('add', entry['path'], entry['linkname']))

    def create(self, entry):
        self.log.append(('create', entry['path']))
        return File(self.log, entry['path'])

    def finish(self):
        self.log.append('finish')


class File(object):

    def __init__(self, log, path):
        self._log, self._path = log, path

    def write(self, data):
        self._log.append((self._path, data))

    def finish(self):
        self._log.append((self._path, 'complete'))

    def discard(self):
        self._log.append((self._path, 'discarded'))


def test_a_folder_is_received():
    folder = Folder()
    call = Call([FOLDER, FILE, LINK, LIST_END, after(REQUEST_1, DATA_1), DATA_END_1, after(END, END)])
    files.receive_files(lambda: folder)[messages.RECEIVE_FILES](call)
    assert call.sent == [REQUEST_1, END]
    assert folder.log == [('add', b'd', b''), ('add', b'l', b'd'), ('create', b'd/f'), (b'd/f', b'hello'),
                          (b'd/f', 'complete'), 'finish']


def test_hard_links_come_after_all_files():
    folder = Folder()
    link = encode({'stat': {'path': b'a', 'mode': 0o644, 'linkname': b'd/f'}}, messages.PACKET)
    end = files.FileReceiver(folder)
    for message in (link, FILE, LIST_END):
        end.receive(message)
    assert end.next_packets() == [REQUEST_1]
    assert end.next_packets() == []
    end.receive(DATA_END_1)
    assert end.next_packets() == [END]
    assert folder.log == [('create', b'd/f'), (b'd/f', 'complete'), ('add', b'a', b'd/f'), 'finish']


def test_few_files_are_requested_at_a_time():
    end, requested = files.FileReceiver(Folder()), 0
    for number in range(1000):
        end.receive(encode({'stat': {'path': b'f%d' % number, 'mode': 0}}, messages.PACKET))
        requested += len(end.next_packets())
    assert requested < 100
    end.receive(LIST_END)
    for number in range(1000):
        end.receive(encode({'type': 2, 'ID': number}, messages.PACKET))
        packets = end.next_packets()
    assert packets == [END]


@pytest.mark.parametrize('received', [
    [DATA_1], [FILE, DATA_1], [FOLDER, FILE, LIST_END, DATA_END_1, DATA_END_1]])
def test_data_that_was_not_requested(received):
    end = files.FileReceiver(Folder())
    for message in received[:-1]:
        end.receive(message)
        if message == LIST_END:
            end.next_packets()
    with pytest.raises(CallFailed) as raised:
        end.receive(received[-1])
    assert 'was not requested' in raised.value.text


def test_an_end_before_all_has_come_discards_what_is_not_complete():
    folder = Folder()
    call = Call([FOLDER, FILE, LIST_END, after(REQUEST_1, DATA_1), END])
    with pytest.raises(CallFailed):
        files.receive_files(lambda: folder)[messages.RECEIVE_FILES](call)
    assert folder.log[-1] == (b'd/f', 'discarded') and 'finish' not in folder.log


# An archive

class Target(object):
    def __init__(self):
        self.written, self.ended = [], None

    def __enter__(self):
        return self.written.append

    def __exit__(self, kind, *exception):
        self.ended = kind


def test_an_archive_is_received():
    target = Target()
    files.receive_archive(lambda: target)[messages.RECEIVE_FILES](Call([b'\x0a\x03abc', b'', b'\x0a\x01d']))
    assert b''.join(target.written) == b'abcd' and target.ended is None


def test_an_archive_that_is_invalid():
    target = Target()
    with pytest.raises(CallFailed):
        files.receive_archive(lambda: target)[messages.RECEIVE_FILES](Call([b'\x0a\x03abc', b'\x0a\x05d']))
    assert target.ended is CallFailed
