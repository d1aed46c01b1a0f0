# coding: utf-8
"""docker.progress: items as the engines send them, drawn in a pipe, on a terminal and in a notebook."""

import gc
import io
import json
import os
import re
import signal
import subprocess
import sys
import tarfile
import textwrap

import pytest
import six

import docker
from docker import progress, progress_output
from docker.errors import ImageNotFound, OperationFailed, StreamBroken
from docker.progress_rows import OperationRows, Row, size_text, without_controls
from docker.stream import Stream
from tests.terminal import Terminal

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DIGEST = u'sha256:' + u'd8' * 32
IMAGE = u'38cb6f1e8181'


def layer(name, status, current=None, total=None, **more):
    detail = {} if current is None else {'current': current}
    if total is not None:
        detail['total'] = total
    return dict({'status': status, 'id': name, 'progressDetail': detail}, **more)


PULL = [
    {'status': u'Pulling from team/x', 'id': u'v1'},
    layer(u'035b8839757c', u'Pulling fs layer'),
    layer(u'a3ed95caeb02', u'Pulling fs layer'),
    layer(u'035b8839757c', u'Downloading', 3500000, 10100000, progress=u'[=>  ]'),
    layer(u'a3ed95caeb02', u'Downloading', 32, 64),
    layer(u'035b8839757c', u'Downloading', 10100000, 10100000),
    layer(u'035b8839757c', u'Extracting', 32768, 10100000),
    layer(u'a3ed95caeb02', u'Pull complete'),
    layer(u'035b8839757c', u'Pull complete'),
    {'status': u'Digest: ' + DIGEST},
    {'status': u'Status: Downloaded newer image for team/x:v1'},
]
PULL_LINES = [
    u'v1: Pulling from team/x',
    u'035b8839757c: Pulling fs layer',
    u'a3ed95caeb02: Pulling fs layer',
    u'035b8839757c: Downloading',
    u'a3ed95caeb02: Downloading',
    u'035b8839757c: Extracting',
    u'a3ed95caeb02: Pull complete',
    u'035b8839757c: Pull complete',
    u'Digest: ' + DIGEST,
    u'Status: Downloaded newer image for team/x:v1',
]
PULL_SCREEN = [
    u'v1: Pulling from team/x',
    u'035b8839757c: Pull complete',
    u'a3ed95caeb02: Pull complete',
    u'Digest: ' + DIGEST,
    u'Status: Downloaded newer image for team/x:v1',
]
PUSH = [
    {'status': u'The push refers to repository [localhost/team/x]'},
    layer(u'40d692829414', u'Preparing'),
    layer(u'40d692829414', u'Pushing', 41984, 1984287),
    layer(u'40d692829414', u'Pushing', 2129920, 1984287),
    layer(u'40d692829414', u'Pushed'),
    {'status': u'v1: digest: {0} size: 527'.format(DIGEST)},
    {'progressDetail': {}, 'aux': {'Tag': 'v1', 'Digest': DIGEST, 'Size': 527}},
]
BUILD = [
    {'stream': u'Step 1/2 : FROM busybox'}, {'stream': u'\n'}, {'stream': u' ---> 695e8514bd20\n'},
    {'stream': u'Step 2/2 : RUN echo hi'}, {'stream': u'\n'}, {'stream': u'hi\n'},
    {'aux': {'ID': u'sha256:' + IMAGE + u'0' * 52}},
    {'stream': u'Successfully built {0}\n'.format(IMAGE)}, {'stream': u'Successfully tagged a:latest\n'},
]
BUILD_LINES = [u'Step 1/2 : FROM busybox', u' ---> 695e8514bd20', u'Step 2/2 : RUN echo hi', u'hi',
               u'Successfully built ' + IMAGE, u'Successfully tagged a:latest']
CODE_3 = u"The command '/bin/sh -c exit 3' returned a non-zero code: 3"


def as_texts(items):
    return [six.text_type(json.dumps(item)) for item in items]


def text_of(items):
    """The output of a build as a Client of API 1.6 has it."""
    return [item['stream'] for item in items if 'stream' in item]


def plain(stream, **kwargs):
    """Return the lines that are drawn in a pipe, and the result."""
    file = io.StringIO()
    result = progress.show(stream, file=file, **kwargs)
    assert not re.search(u'[\r\x1b]', file.getvalue())
    assert file.getvalue() == u'' or file.getvalue().endswith(u'\n')
    return file.getvalue().splitlines(), result


class Response(object):
    request = None
    closed = False

    def close(self):
        self.closed = True


def stream_of(items):
    return Stream(iter(items), Response())


# Plain lines, and results

@pytest.mark.parametrize('form', [list, as_texts], ids=['dicts', 'texts'])
@pytest.mark.parametrize('items, lines, result', [
    (PULL, PULL_LINES, DIGEST),
    (PUSH, [u'The push refers to repository [localhost/team/x]', u'40d692829414: Preparing',
            u'40d692829414: Pushing', u'40d692829414: Pushed', u'v1: digest: {0} size: 527'.format(DIGEST)],
     DIGEST),
    (BUILD, BUILD_LINES, IMAGE),
    ([{'stream': u'sha256:' + u'ab' * 32 + u'\n'}], [u'sha256:' + u'ab' * 32], u'ab' * 32),
    ([layer(u'40d6', u'Loading layer', 32, 64), {'stream': u'Loaded image: busybox:latest\n'},
      {'stream': u'Loaded image ID: ' + DIGEST + u'\n'}],
     [u'40d6: Loading layer', u'Loaded image: busybox:latest', u'Loaded image ID: ' + DIGEST],
     [u'busybox:latest', DIGEST]),
    ([{'stream': u'Loaded image(s): localhost/a:latest,b:1\n'}], [u'Loaded image(s): localhost/a:latest,b:1'],
     [u'localhost/a:latest', u'b:1']),
    ([{'status': u'ab' * 32}], [u'ab' * 32], u'ab' * 32),
    # Podman: an import, and a pull.
    ([dict(layer(DIGEST, DIGEST), progress='')], [DIGEST], DIGEST),
    ([layer(u'59d8', u'Pulling fs layer'), layer(u'59d8', u'Download complete')],
     [u'59d8: Pulling fs layer', u'59d8: Download complete'], u'Download complete'),
    # An image of Docker before 1.6, from elsewhere.
    ([{'status': u'Pulling', 'id': u'latest', 'from': u'busybox'}], [u'latest: Pulling (from busybox)'],
     u'Pulling'),
    ([], [], None),
], ids=['pull', 'push', 'build', 'quiet build', 'load', 'load of several', 'import', 'import with Podman',
        'pull with Podman', 'from', 'nothing'])
def test_plain(items, form, lines, result):
    assert plain(form(items)) == (lines, result)


def test_the_text_of_a_build():
    assert plain(text_of(BUILD)) == (BUILD_LINES, IMAGE)
    whole = u''.join(text_of(BUILD))
    assert plain(whole[i] for i in range(len(whole))) == (BUILD_LINES, IMAGE)
    assert plain([whole]) == (BUILD_LINES, IMAGE)


def test_what_calls_return_without_a_stream():
    assert plain(u'\n'.join(as_texts(PULL))) == (PULL_LINES, DIGEST)
    output = u''.join(text_of(BUILD))
    assert plain((IMAGE, output)) == plain(output) == (BUILD_LINES, IMAGE)
    with pytest.raises(OperationFailed):
        plain((None, u'Step 1/1 : RUN exit 3\n' + CODE_3))
    assert plain(u'') == ([], None)


def test_json_in_the_text_of_a_build_is_text():
    items = [u'Step 1 : RUN cat x\n', u'{"error": "none"}\n', u'Loaded image: none\n',
             u'Successfully built {0}\n'.format(IMAGE)]
    assert plain(items) == ([item.rstrip() for item in items], IMAGE)


def test_a_build_that_prints_what_a_load_reports():
    items = BUILD[:5] + [{'stream': u'Loaded image: none\n'}] + BUILD[5:]
    assert plain(items)[1] == IMAGE


def test_items_are_passed_on_as_they_are():
    for items in (PULL, as_texts(PULL)):
        passed = []
        plain(iter(items), on_item=passed.append)
        assert [id(item) for item in passed] == [id(item) for item in items]
        assert list(progress.follow(iter(items), file=io.StringIO())) == items


def test_items_are_passed_on_as_they_come():
    begun = []
    generator = progress.follow((begun.append(item) or item for item in PULL), file=io.StringIO())
    assert begun == []
    next(generator)
    assert begun == PULL[:1]
    generator.close()


def test_stdout_is_that_of_the_moment(capsys):
    progress.show(PULL)
    assert capsys.readouterr()[0].splitlines() == PULL_LINES


def test_without_stdout(monkeypatch):
    monkeypatch.setattr(sys, 'stdout', None)
    assert progress.show(PULL) == DIGEST


class Flushed(io.StringIO):
    shown = u''

    def flush(self):
        self.shown = self.getvalue()


def test_each_line_is_flushed():
    file = Flushed()
    for _ in progress.follow(PULL, file=file):
        assert file.shown == file.getvalue()
    assert file.shown


@pytest.mark.parametrize('encoding, shown', [('ascii', b'caf?'), ('latin-1', b'caf\xe9'),
                                             ('utf-8', b'caf\xc3\xa9')])
def test_encodings(encoding, shown):
    buffer = io.BytesIO()
    file = io.TextIOWrapper(buffer, encoding=encoding)
    progress.show([{'status': u'caf\xe9'}], file=file)
    assert buffer.getvalue() == shown + b'\n'


@pytest.mark.parametrize('form', [u'print("caf\xe9")', u'\ud800'])
def test_stdout_that_is_ascii(form):
    script = u'import docker; docker.progress.show([{{"status": u{0}}}])'.format(json.dumps(form))
    environment = dict(os.environ, PYTHONPATH=ROOT, LC_ALL='C', PYTHONIOENCODING='ascii')
    output = subprocess.check_output([sys.executable, '-c', script], env=environment)
    assert b'?' in output and output.endswith(b'\n')


def test_carriage_returns_are_what_they_look_like():
    items = [u'Step 1 : RUN curl\n', u' 10%\r 20', u'%\r100%\r\n', u'tail', u' end']
    with pytest.raises(OperationFailed):
        progress.show(items, file=io.StringIO())
    file = io.StringIO()
    with pytest.raises(OperationFailed):
        progress.show(items, file=file)
    assert file.getvalue() == u'Step 1 : RUN curl\n100%\ntail end\n'


@pytest.mark.parametrize('text, shown', [
    (u'\x1b[31mred\x1b[0m', u'red'), (u'\x1b]0;title\x07a', u'a'), (u'\x1b]8;;http://x\x1b\\link', u'link'),
    (u'\x1b[2J\x1b[Htop', u'top'), (u'a\x08\x08b\x07\x00', u'ab'), (u'\x9b31mred', u'red'),
    (u'\x1bcreset', u'reset'),
    (u'\x1bPq#0\x1b\\sixel', u'sixel'), (u'\x9d0;title\x9ca', u'a'), (u'a\tb', u'a\tb'), (u'\x1b', u''),
    (u'\x1b[', u''), (u'\x1b]0;never ends', u''), (u'\u202egnp.exe', u'gnp.exe'), (u'\x1b(Ba', u'a'),
    (u'na\xefve \u65e5\u672c', u'na\xefve \u65e5\u672c'), (u'\x1b\x1b[31m', u''),
])
def test_nothing_takes_over_the_terminal(text, shown):
    assert without_controls(text) == shown
    lines, _ = plain([layer(text, u'x' + text), {'status': text}, {'stream': text + u'\n'}] + BUILD)
    assert lines[:3] == [u'{0}: x{0}'.format(shown) if shown else u'x', shown, shown]


# Errors

@pytest.mark.parametrize('form', [list, as_texts, stream_of], ids=['dicts', 'texts', 'stream'])
def test_an_error_is_raised(form):
    failure = {'errorDetail': {'message': u'unexpected EOF'}, 'error': u'unexpected EOF'}
    file, passed = io.StringIO(), []
    with pytest.raises(OperationFailed) as caught:
        progress.show(form(PULL[:4] + [failure]), file=file, on_item=passed.append)
    assert caught.value.explanation == 'unexpected EOF'
    assert len(passed) == 5
    assert file.getvalue().splitlines() == PULL_LINES[:4]


def test_an_error_has_the_class_that_the_call_raises():
    missing = u'manifest for x:nope not found: manifest unknown: manifest unknown'
    with pytest.raises(ImageNotFound):
        plain([{'errorDetail': {'message': missing}}])
    with pytest.raises(ImageNotFound) as caught:
        plain([{'stream': u'Step 1/1 : FROM x:nope\n'}, {'error': missing}])
    assert str(caught.value) == 'The build failed in step 1/1 : FROM x:nope ("{0}")'.format(missing)


@pytest.mark.parametrize('items', [
    BUILD[:5] + [{'errorDetail': {'code': 3, 'message': CODE_3}, 'error': CODE_3}],
    as_texts(BUILD[:5] + [{'errorDetail': {'code': 3, 'message': CODE_3}, 'error': CODE_3 + u'\n'}]),
    text_of(BUILD[:6]) + [CODE_3 + u'\n'],
    [u'STEP 1/2: FROM busybox\n', u'STEP 2/2 : RUN echo hi\n', u'\n', CODE_3 + u'\n\n'],
    # An engine before API 1.8.
    as_texts({'stream': text} for text in text_of(BUILD[:6]) + [CODE_3 + u'\n']),
], ids=['dicts', 'texts', 'output', 'output of Podman', 'output as objects'])
def test_a_build_that_fails_is_an_error(items):
    with pytest.raises(OperationFailed) as caught:
        plain(items)
    assert str(caught.value) == 'The build failed in step 2/2 : RUN echo hi ("{0}")'.format(CODE_3)
    assert caught.value.explanation == CODE_3


def test_a_command_that_prints_an_id_is_no_success():
    with pytest.raises(OperationFailed):
        plain([u'Step 1/1 : RUN x\n', u'Successfully built {0}\n'.format(IMAGE), u'x\n' * 3, CODE_3 + u'\n'])


def test_the_error_of_a_stream_has_its_response():
    stream = stream_of(as_texts([{'error': 'x'}]))
    with pytest.raises(OperationFailed) as caught:
        plain(stream)
    assert caught.value.response is stream.response
    assert stream.closed and stream.response.closed


def test_the_errors_of_the_stream_itself():
    def broken():
        yield PULL[1]
        raise StreamBroken('cut')
    file = io.StringIO()
    with pytest.raises(StreamBroken):
        progress.show(broken(), file=file)
    assert file.getvalue() == u'035b8839757c: Pulling fs layer\n'


def test_a_stream_is_closed_on_every_path():
    def stop(item):
        raise KeyboardInterrupt
    for end in (progress.show, lambda stream, file: list(progress.follow(stream, file=file)),
                lambda stream, file: next(progress.follow(stream, file=file))):
        stream = stream_of(PULL)
        end(stream, file=io.StringIO())
        assert stream.closed and stream.response.closed
    stream = stream_of(PULL)
    with pytest.raises(KeyboardInterrupt):
        progress.show(stream, io.StringIO(), stop)
    assert stream.response.closed


def test_a_file_that_cannot_be_written():
    class Full(io.StringIO):
        def write(self, text):
            raise IOError(28, 'No space left on device')
    stream = stream_of(PULL)
    with pytest.raises(IOError):
        progress.show(stream, file=Full())
    assert stream.response.closed


@pytest.mark.parametrize('wrong', [None, 1, True, (u'a', u'b', u'c'), {}, io.BytesIO()] +
                         ([b'x'] if six.PY3 else []))
def test_what_is_no_stream(wrong):
    for draw in (progress.show, progress.follow):
        with pytest.raises(TypeError) as caught:
            draw(wrong)
        assert str(caught.value).startswith('stream takes an iterator')


@pytest.mark.parametrize('wrong', [None, 1, [u'x']] + ([b'x'] if six.PY3 else []))
def test_what_is_no_item(wrong):
    with pytest.raises(TypeError) as caught:
        plain([wrong])
    assert 'stream takes' in str(caught.value)


def test_on_item_takes_a_function():
    with pytest.raises(TypeError) as caught:
        progress.show(PULL, on_item=1)
    assert 'on_item' in str(caught.value)


@pytest.mark.parametrize('wrong', ['pull.log', 1] + ([io.BytesIO()] if six.PY3 else []))
def test_what_is_no_text_file(wrong):
    """It is noticed before anything is drawn, or taken from the stream."""
    items = iter(PULL)
    for draw in (progress.show, progress.follow, lambda items, file: progress.reading(io.BytesIO(), file)):
        with pytest.raises(TypeError) as caught:
            draw(items, file=wrong)
        assert str(caught.value).startswith('file takes a text file, not ')
    assert next(items) == PULL[0]


@pytest.mark.parametrize('item', [
    {'status': u'x', 'id': [1], 'progressDetail': {}},
    {'status': 3, 'id': 4, 'progressDetail': {'current': 'x', 'total': []}},
    {'status': u'x', 'id': u'y', 'progressDetail': {'current': -1, 'total': True}},
    {'status': u'x', 'id': u'y', 'progressDetail': []}, {'stream': 3}, {'aux': 3}, {'aux': {'ID': 3}},
    {'errorDetail': 3}, {'status': u'x', 'progressDetail': {'current': 5, 'total': 0, 'units': None}}, {}])
def test_items_of_another_kind_do_no_harm(item, painter):
    with Terminal() as terminal:
        try:
            progress.show([item], file=terminal.file)
        except OperationFailed:
            assert 'stream' in item
        terminal.finish()


# Sizes and speeds

@pytest.mark.parametrize('size, text', [
    (0, '0B'), (999, '999B'), (1000, '1kB'), (3500000, '3.5MB'), (10100000, '10.1MB'), (54252125, '54.25MB'),
    (3145728, '3.146MB'), (2 * 10 ** 12, '2TB'), (10 ** 19, '1e+04PB')])
def test_sizes(size, text):
    assert size_text(size) == text


def test_speeds():
    row = Row()
    row.sample(0)
    assert row.speed(1) is None
    row.current = 0
    row.sample(0)
    assert row.speed(0) is None
    for second in range(1, 30):
        row.current += 1000
        row.sample(second)
    assert row.speed(29) == 1000
    # It is that of the last seconds: it goes down when nothing comes.
    assert row.speed(39) < 600
    row.begin(u'Extracting')
    assert row.speed(40) is None
    # Another file, or a clock that was set back.
    row.current = 5
    row.sample(40)
    row.current = 3
    row.sample(41)
    row.sample(1)
    assert row.speed(1) is None


def test_the_speed_of_the_first_bytes():
    times = [0]
    for wait, speed in [(0.5, 2000), (60, None)]:
        rows = OperationRows(clock=lambda: times[0])
        rows.add(layer(u'a', u'Pulling fs layer'))
        times[0] += wait
        rows.add(layer(u'a', u'Downloading', 1000, 9000))
        assert rows.live[0].speed(times[0]) == speed


def drawn(items, width=80, now=None):
    rows = OperationRows(clock=lambda: 0)
    for item in items:
        rows.add(item)
    return progress_output._row_lines(rows.live, width, now)


def test_rows():
    items = PULL[1:4] + [layer(u'a3ed95caeb02', u'Downloading', 0, 64000), layer(u'b', u'Waiting'),
                         layer(u'c', u'Extracting', 3, None, units=u's')]
    items[-1]['progressDetail']['units'] = u's'
    assert drawn(items, 80) == [
        u'035b8839757c: Downloading [=======>              ] 3.5MB/10.1MB',
        u'a3ed95caeb02: Downloading [>                     ] 0B/64kB',
        u'b: Waiting',
        u'c: Extracting 3 s']
    assert drawn(items, 40)[:2] == [u'035b8839757c: Downloading 3.5MB/10.1MB',
                                    u'a3ed95caeb02: Downloading 0B/64kB']
    assert drawn(items, 20)[:3] == [u'035b8839757c: Dow...', u'a3ed95caeb02: Dow...', u'b: Waiting']
    for width in range(130):
        assert max(len(line) for line in drawn(items, width)) <= width


def test_rows_with_speeds():
    rows = OperationRows(clock=lambda: 0)
    rows.add(layer(u'a', u'Downloading', 1000, 9000000))
    rows.add(layer(u'a', u'Downloading', 4001000, 9000000))
    assert progress_output._row_lines(rows.live, 100, 2)[0].endswith(u'] 4.001MB/9MB  2MB/s')


def test_rows_of_engines_before_api_1_6():
    assert drawn([{'status': u'Downloading', 'id': u'a', 'progress': u'1 MB/3 MB (n/a)'}]) == [
        u'a: Downloading 1 MB/3 MB (n/a)']


def test_rows_of_wide_characters():
    lines = drawn([layer(u'\u65e5\u672c', u'\u30c0\u30a6\u30f3', 5, 10), layer(u'a', u'b', 5, 10)], 60)
    assert [line.index(u'[') for line in lines] == [8, 13]
    assert progress_output._fit(u'\u65e5\u672c\u65e5\u672c', 7) == u'\u65e5\u672c...'
    assert progress_output._cell_width(u'e\u0301\u65e5') == 3


def test_the_rows_that_move_are_visible():
    rows = OperationRows(clock=lambda: 0)
    for number in range(40):
        rows.add(layer(six.text_type(number), [u'Pull complete', u'Waiting'][number % 2]))
    rows.add(layer(u'33', u'Downloading', 1, 2))
    visible, hidden = progress_output._visible_rows(rows.live, 6)
    assert [row.label for row in visible] == [u'1', u'3', u'5', u'7', u'33'] and hidden == 35
    assert progress_output._visible_rows(rows.live, 40) == (rows.live, 0)
    assert progress_output._visible_rows(rows.live, 0) == ([], 40)


# Terminals

def test_a_pull_on_a_terminal(painter):
    with Terminal() as terminal:
        assert progress.show(PULL, file=terminal.file) == DIGEST
        assert terminal.finish() == PULL_SCREEN + [u'']
        assert terminal.screen.column == 0 and terminal.screen.has_cursor


def test_bars_on_a_terminal(painter):
    with Terminal(120) as terminal:
        generator = progress.follow(PULL, file=terminal.file)
        for _ in range(5):
            next(generator)
        generator.close()
        text = terminal.finish()
    assert text[0] == PULL_SCREEN[0] and text[-1] == u''
    for line, sizes in zip(text[1:3], [u'3.5MB/10.1MB', u'32B/64B']):
        assert re.match(u'\\w+: Downloading [\\[=>\u2501\u2578\u257a ]+', line)
        assert sizes in line


@pytest.mark.parametrize('form', [list, as_texts, text_of], ids=['dicts', 'texts', 'output'])
def test_a_build_on_a_terminal(painter, form):
    with Terminal() as terminal:
        assert progress.show(form(BUILD), file=terminal.file) == IMAGE
        assert terminal.finish() == BUILD_LINES + [u'']


def test_a_build_that_pulls(painter):
    with Terminal() as terminal:
        progress.show(BUILD[:2] + PULL + BUILD[2:], file=terminal.file)
        assert terminal.finish() == BUILD_LINES[:1] + PULL_SCREEN + BUILD_LINES[1:] + [u'']


def test_a_line_that_is_not_complete_is_drawn(painter):
    with Terminal() as terminal:
        generator = progress.follow([u'Step 1 : RUN x\n', u' 10%', u'\r 20%\n'], file=terminal.file)
        with pytest.raises(OperationFailed):
            for _ in generator:
                pass
        assert terminal.finish() == [u'Step 1 : RUN x', u' 20%', u'']


def test_the_line_that_is_not_complete():
    rows = OperationRows()
    for text, partial in [(u'Step 1 : RUN x', u'Step 1 : RUN x'), (u'\n 10%', u' 10%'), (u'\r', u' 10%'),
                          (u' 20%\r', u' 20%'), (u'\n', u'')]:
        rows.add(text)
        assert rows.partial == partial


@pytest.mark.parametrize('lines', [2, 5, 24])
def test_more_rows_than_the_terminal_has(painter, lines):
    items = [layer(u'%012d' % number, status)
             for status in (u'Waiting', u'Pull complete') for number in range(60)]
    with Terminal(80, lines) as terminal:
        generator = progress.follow(items, file=terminal.file)
        for _ in generator:
            pass
        assert terminal.finish() == [u'%012d: Pull complete' % number for number in range(60)] + [u'']


@pytest.mark.parametrize('columns', [1, 5, 30, 61, 79, 200])
def test_terminals_of_any_width(painter, columns):
    items = [item for item in PULL if item.get('id') != u'v1'][:-2]
    with Terminal(columns) as terminal:
        progress.show(items, file=terminal.file)
        text = terminal.finish()
    assert len(text) == 3
    if columns > 30:
        assert text == PULL_SCREEN[1:3] + [u'']


def test_a_terminal_that_becomes_narrower(painter):
    with Terminal(100) as terminal:
        for index, _ in enumerate(progress.follow(PULL, file=terminal.file)):
            if index == 5:
                terminal.resize(60, 24)
        assert [line for line in terminal.finish() if u'Status' in line] == [PULL_SCREEN[-1]]


@pytest.mark.parametrize('ends', [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_operations_at_the_same_time_leave_stdout_as_it_was(painter, monkeypatch, ends):
    """As in threads; in whatever order they end."""
    with Terminal() as terminal:
        monkeypatch.setattr(sys, 'stdout', terminal.file)
        operations = [progress.follow(PULL) for _ in range(3)]
        for items in operations:
            next(items)
        for number in ends:
            list(operations[number])
        assert sys.stdout is terminal.file
        terminal.finish()


def test_what_the_program_prints_is_above(painter, monkeypatch):
    with Terminal() as terminal:
        monkeypatch.setattr(sys, 'stdout', terminal.file)
        monkeypatch.setattr(sys, 'stderr', io.StringIO())
        errors = sys.stderr
        for index, _ in enumerate(progress.follow(PULL[1:9])):
            if index == 1:
                sys.stdout.write(u'printed\n')
            if index == 4:
                sys.stdout.write(u'more\n')
                sys.stderr.write(u'to a file\n')
        assert sys.stdout is terminal.file and sys.stderr is errors
        assert terminal.finish() == [u'printed', u'more'] + PULL_SCREEN[1:3] + [u'']
    assert errors.getvalue() == u'to a file\n'


def test_wide_characters_on_a_terminal(painter):
    with Terminal(30) as terminal:
        progress.show([layer(u'\u65e5\u672c\u8a9e' * 5, status, 5, 10) for status in u'abcdef'],
                      file=terminal.file)
        text = terminal.finish()
    assert len(text) == 2 and text[0].startswith(u'\u65e5\u672c\u8a9e')


def test_a_terminal_that_takes_ascii(painter):
    with Terminal(encoding='ascii') as terminal:
        progress.show(PULL[:5] + [layer(u'a3ed95caeb02', u'caf\xe9')] + PULL[5:7], file=terminal.file)
        terminal.finish()
    assert b'a3ed95caeb02: caf?' in terminal.written


def test_no_color(painter, monkeypatch):
    monkeypatch.setenv('NO_COLOR', '1')
    with Terminal(120) as terminal:
        progress.show(PULL, file=terminal.file)
        terminal.finish()
    assert not re.search(br'\x1b\[[0-9;]*3[0-9][0-9;]*m', terminal.written)


@pytest.mark.parametrize('name', ['dumb', 'unknown'])
def test_a_terminal_without_sequences(painter, monkeypatch, name):
    monkeypatch.setenv('TERM', name)
    with Terminal() as terminal:
        progress.show(PULL, file=terminal.file)
        assert terminal.finish() == PULL_LINES + [u'']
    assert b'\x1b' not in terminal.written


def test_an_error_on_a_terminal(painter):
    with Terminal() as terminal:
        with pytest.raises(OperationFailed):
            progress.show(PULL[:3] + [{'error': u'unexpected EOF'}], file=terminal.file)
        assert terminal.finish() == [PULL_SCREEN[0], PULL_LINES[1], PULL_LINES[2], u'']
        assert terminal.screen.has_cursor


def test_drawing_is_seldom(painter):
    """However many items come, a terminal is drawn on a few times a second."""
    with Terminal() as terminal:
        progress.show((layer(u'a', u'Downloading', number, 20000) for number in range(20000)),
                      file=terminal.file)
        terminal.finish()
    assert len(terminal.written) < 20000


INTERRUPTED = u'''
import sys, docker
def items():
    try:
        yield {"status": "Downloading", "id": "a", "progressDetail": {"current": 5, "total": 10}}
        sys.stderr.write("ready\\n")
        sys.stderr.flush()
        sys.stdin.read()
    finally:
        print("closed")
try:
    docker.progress.show(items())
except KeyboardInterrupt:
    print("interrupted")
'''


@pytest.mark.parametrize('rich', [True, False])
def test_control_c(rich, tmp_path):
    if rich:
        pytest.importorskip('rich')
    script = u'import sys; {0}{1}'.format(
        u'' if rich else u'sys.modules["rich.console"] = None', INTERRUPTED)
    with Terminal() as terminal:
        process = subprocess.Popen(
            [sys.executable, '-c', script], stdin=subprocess.PIPE, stdout=terminal.fd, stderr=subprocess.PIPE,
            env=dict(os.environ, PYTHONPATH=ROOT, TERM='xterm'))
        assert process.stderr.readline() == b'ready\n'
        process.send_signal(signal.SIGINT)
        process.wait()
        process.stdin.close()
        process.stderr.close()
        text = terminal.finish()
    assert b'5B/10B' in terminal.written
    assert [line for line in text if u'Downloading' not in line] == [u'closed', u'interrupted', u'']
    assert terminal.screen.has_cursor


def test_without_rich_nothing_of_it_is_imported():
    script = 'import sys, docker; docker.progress.show([]); assert "rich" not in sys.modules'
    subprocess.check_call([sys.executable, '-c', script], env=dict(os.environ, PYTHONPATH=ROOT),
                          stdout=subprocess.PIPE)


# Notebooks

def test_a_notebook(tmp_path):
    nbformat = pytest.importorskip('nbformat')
    client_module = pytest.importorskip('nbclient')
    pytest.importorskip('ipykernel')
    code = textwrap.dedent(u'''
        import docker, time
        def items():
            yield {{"status": "Pulling from team/x", "id": "v1"}}
            for number in range(20000):
                yield {{"status": "Downloading", "id": "a<b>",
                       "progressDetail": {{"current": number, "total": 20000}}}}
            yield {{"status": "Pull complete", "id": "a<b>", "progressDetail": {{}}}}
            yield {{"status": "Digest: {0}"}}
        docker.progress.show(items())
    ''').format(DIGEST)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    kernels = {'python3': {'argv': [sys.executable, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
                           'display_name': 'python3', 'language': 'python'}}
    folder = tmp_path / 'kernels' / 'python3'
    folder.mkdir(parents=True)
    (folder / 'kernel.json').write_text(json.dumps(kernels['python3']))
    environment = dict(os.environ, PYTHONPATH=ROOT, JUPYTER_PATH=str(tmp_path))
    client_module.NotebookClient(notebook, kernel_name='python3').execute(env=environment)
    outputs = notebook.cells[0].outputs
    streams = u''.join(output.text for output in outputs if output.output_type == 'stream')
    shown, = [output.data for output in outputs if output.output_type == 'display_data']
    assert streams.splitlines() == [u'v1: Pulling from team/x', u'Digest: ' + DIGEST]
    assert shown['text/plain'] == u'a<b>: Pull complete'
    assert shown['text/html'] == u'<pre>a&lt;b&gt;: Pull complete</pre>'
    assert outputs[-1].data['text/plain'] == repr(DIGEST)


# Archives

def test_reading_in_a_pipe(tmp_path):
    path = tmp_path / u'site.tar'
    path.write_bytes(b'x' * 300000)
    file = io.StringIO()
    archive = progress.reading(str(path), file=file)
    assert archive.read(100000) + archive.read(50000) + archive.read() == b'x' * 300000
    assert archive.read(1) == b''
    begin, end = file.getvalue().splitlines()
    assert begin == u'site.tar'
    assert re.match(u'site.tar: 300kB, [0-9.e+]+[kMGT]?B/s$', end)
    # A file that was opened for it is closed with its last byte.
    assert archive.file.closed and not archive.closed


def test_reading_on_a_terminal(painter):
    with Terminal(120) as terminal:
        archive = progress.reading(io.BytesIO(b'x' * 10100000), file=terminal.file, label=u'site.tar')
        archive.read(3500000)
        terminal.file.flush()
        terminal.wait_for(b'3.5MB/10.1MB')
        archive.read()
        text = terminal.finish()
    assert len(text) == 2 and text[0].startswith(u'site.tar') and u'10.1MB, ' in text[0]
    assert terminal.screen.has_cursor


def content_of(path):
    with open(path, 'rb') as file:
        return file.read()


@pytest.mark.parametrize('make', [
    lambda path: path, lambda path: open(path, 'rb'), content_of,
    lambda path: io.open(path, 'rb', buffering=0), lambda path: iter([b'\0' * 200000, b'', b'\0' * 100000]),
    lambda path: bytearray(b'\0' * 300000), lambda path: [b'\0' * 300000]],
    ids=['path', 'file', 'bytes', 'unbuffered', 'iterator', 'bytearray', 'list'])
def test_sources(make, tmp_path):
    path = tmp_path / u'site.tar'
    path.write_bytes(b'\0' * 300000)
    for read in (lambda archive: archive.read(), lambda archive: b''.join(archive),
                 lambda archive: b''.join(iter(lambda: archive.read(7001), b''))):
        source = make(str(path))
        file = io.StringIO()
        with progress.reading(source, file=file) as archive:
            assert archive.readable()
            assert read(archive) == b'\0' * 300000
            buffer = bytearray(3)
            assert archive.readinto(buffer) == 0
        assert u': 300kB' in file.getvalue() and file.getvalue().count(u'\n') == 2
        assert not hasattr(source, 'closed') or source.closed
        with pytest.raises(ValueError):
            archive.read(1)


def test_sizes_that_are_known(painter):
    for source, size, expected in [(io.BytesIO(b'x' * 50), None, b'10B/50B'), ([b'x' * 50], None, b'10B'),
                                   ([b'x' * 50], 40, b'10B/40B')]:
        with Terminal(120) as terminal:
            with progress.reading(source, file=terminal.file, size=size) as archive:
                archive.read(10)
                assert archive.read() == b'x' * 40
            text = terminal.finish()
            assert expected in terminal.written
            assert text[0].startswith(u'archive') and u'50B' in text[0]


def test_reading_from_where_the_file_is():
    source = io.BytesIO(b'x' * 50)
    source.seek(20)
    file = io.StringIO()
    archive = progress.reading(source, file=file)
    assert archive.read() == b'x' * 30
    assert u'30B' in file.getvalue()
    # One of the caller's is left open.
    assert not source.closed
    archive.close()
    assert source.closed


def test_a_file_of_the_caller_is_not_closed_when_this_is_dropped(tmp_path):
    path = tmp_path / u'site.tar'
    path.write_bytes(b'x' * 50)
    file = io.StringIO()
    with open(str(path), 'rb') as source:
        progress.reading(source, file=file).read(10)
        gc.collect()
        assert source.read(1) == b'x'
    assert file.getvalue().count(u'\n') == 2
    archive = progress.reading(str(path), file=file)
    opened = archive.file
    archive.read(10)
    del archive
    gc.collect()
    assert opened.closed
    with open(str(path), 'rb') as source:
        source.close()
        with pytest.raises(ValueError):
            progress.reading(source)


def test_tarfile_reads_it():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode='w') as tar:
        tar.addfile(tarfile.TarInfo('a'))
    with progress.reading([buffer.getvalue()], file=io.StringIO()) as archive:
        assert tarfile.open(fileobj=archive, mode='r|').getnames() == ['a']


def test_a_source_that_fails(painter):
    def broken():
        yield b'x'
        raise IOError('gone')
    with Terminal() as terminal:
        with pytest.raises(IOError):
            progress.reading(broken(), file=terminal.file).read()
        assert len(terminal.finish()) == 2
        assert terminal.screen.has_cursor


@pytest.mark.parametrize('wrong', [None, 1, {}, io.StringIO(), set()])
def test_what_is_no_source(wrong):
    with pytest.raises(TypeError) as caught:
        progress.reading(wrong)
    assert str(caught.value).startswith('source takes')


def test_arguments_of_reading():
    with pytest.raises(TypeError):
        progress.reading([], size='1')
    with pytest.raises(ValueError):
        progress.reading([], size=-1)
    with pytest.raises(TypeError):
        progress.reading([], label=1)
    with pytest.raises(ValueError) as caught:
        progress.reading('/nonexistent/site.tar')
    assert '/nonexistent/site.tar' in str(caught.value)
    with pytest.raises(ValueError) as caught:
        progress.reading('secret\n' * 100)
    assert 'secret' not in str(caught.value)
    with pytest.raises(TypeError) as caught:
        progress.reading([u'x'], file=io.StringIO()).read()
    assert 'source takes' in str(caught.value)


def test_it_is_an_attribute_of_docker():
    assert docker.progress is progress
