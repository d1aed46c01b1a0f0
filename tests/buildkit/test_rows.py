# coding: utf-8
"""Builds with BuildKit in docker.progress: rows on a terminal, and the text of the build in a pipe."""

import io
import json
import os
import subprocess
import sys
import types

import pytest
import six

from docker import progress, progress_output
from docker.api.build import image_id_in
from docker.buildkit.progress import build_items
from docker.buildkit.rows import BuildRows
from docker.errors import ImageNotFound, OperationFailed
from docker.progress_rows import LINE, STATUS, head_of
from tests.buildkit.traces import Clock, begun, ended, failure, image, log, status, trace, vertex
from tests.terminal import Terminal

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PULLED, MADE = u'[1/2] FROM docker.io/team/x', u'[2/2] RUN make'
LAYER = u'sha256:' + u'0123456789ab' + u'c' * 52
EXIT = u'process "/bin/sh -c make" did not complete successfully: exit code: 7'
BUILD = [
    begun(PULLED), status(PULLED, LAYER, 0, 0, current=1000000, total=4000000),
    status(PULLED, LAYER, 2, 0, current=3000000, total=4000000),
    status(PULLED, LAYER, 3, 0, 3, current=4000000, total=4000000), ended(PULLED, 3.5),
    begun(MADE, 4), log(MADE, 4.5, b'made \x1b[31mred\x1b[0m\n'), ended(MADE, 5, 4), image()]
LINES = [
    u'#1 ' + PULLED, u'#1 {0} 1.00MB / 4.00MB'.format(LAYER),
    u'#1 {0} 4.00MB / 4.00MB 3.0s done'.format(LAYER),
    u'#1 DONE 3.5s', u'', u'#2 ' + MADE, u'#2 0.500 made red', u'#2 DONE 1.0s',
    u'Successfully built 6c119e0c74db']
FAILED = BUILD[:-2] + [ended(MADE, 5, 4, error=EXIT), failure(EXIT)]
BLOCK = [u'#2 ERROR: ' + EXIT, u'------', u' > ' + MADE + u':', u'0.500 made red', u'------', EXIT]


def as_dicts(items, **kwargs):
    return list(build_items(items, clock=Clock(), **kwargs))


def as_texts(items, **kwargs):
    return [six.text_type(json.dumps(item)) for item in as_dicts(items, **kwargs)]


def as_output(items, **kwargs):
    return [item['stream'] for item in as_dicts(items, **kwargs) if 'stream' in item]


def as_characters(items, **kwargs):
    return list(u''.join(as_output(items, **kwargs)))


def as_pair(items, **kwargs):
    """What a Client of API 1.6 returns without `stream`."""
    output = u''.join(as_output(items, **kwargs))
    return image_id_in(output, kwargs.get('quiet', False)), output


FORMS = pytest.mark.parametrize('form', [as_dicts, as_texts, as_output, as_characters, as_pair])


def plain(stream):
    """Return the lines that are drawn in a pipe, and the result, or the error that was raised."""
    file = io.StringIO()
    try:
        result = progress.show(stream, file=file)
    except OperationFailed as error:
        result = error
    return file.getvalue().splitlines(), result


# In a pipe

@FORMS
def test_a_build(form):
    assert plain(form(BUILD)) == (LINES, u'6c119e0c74db')


@FORMS
def test_a_quiet_build(form):
    image_id = u'sha256:' + u'ab' * 32
    assert plain(form(BUILD[:-1] + [image(image_id)], quiet=True)) == ([image_id], u'ab' * 32)


@FORMS
@pytest.mark.parametrize('quiet', [False, True])
def test_a_build_that_fails(form, quiet):
    lines, error = plain(form(FAILED, quiet=quiet))
    assert lines == (BLOCK[1:] if quiet else LINES[:-2] + BLOCK)
    assert str(error) == 'The build failed in step {0} ("{1}")'.format(MADE, EXIT)
    assert error.explanation == EXIT and type(error) is OperationFailed


@FORMS
def test_an_error_in_no_step(form):
    _, error = plain(form([ended(MADE, 1), failure(u'parse error on line 2')]))
    assert str(error) == 'The build failed ("parse error on line 2")'


@FORMS
def test_an_error_of_several_lines(form):
    _, error = plain(form([ended(MADE, 1, error=u'x'), failure(u'x\n#1 y')]))
    assert error.explanation == 'x\n#1 y'


@FORMS
def test_an_error_has_the_class_that_the_call_raises(form):
    missing = u'team/nope: not found: manifest unknown: manifest unknown'
    _, error = plain(form([ended(PULLED, 1, error=missing), failure(missing)]))
    assert isinstance(error, ImageNotFound) and PULLED in str(error)


@FORMS
def test_a_build_without_an_image(form):
    assert plain(form(BUILD[:-1])) == (LINES[:-1], None)
    assert plain(form([])) == ([], None)


@FORMS
def test_a_classic_build_may_print_the_same(form):
    """As a classic build does with the output of docker build."""
    items = [{'stream': u'Step 1/1 : RUN docker build .\n'}] + [
        {'stream': line + u'\n'} for line in LINES[:-1] + BLOCK] + [{'stream': u'#1 it failed\n'}]
    forms = {as_dicts: lambda: items, as_texts: lambda: [six.text_type(json.dumps(item)) for item in items],
             as_output: lambda: [item['stream'] for item in items],
             as_characters: lambda: u''.join(item['stream'] for item in items),
             as_pair: lambda: (None, u''.join(item['stream'] for item in items))}
    _, error = plain(forms[form]())
    assert str(error) == 'The build failed in step 1/1 : RUN docker build . ("#1 it failed")'


def test_items_are_passed_on_as_they_are():
    items = as_dicts(BUILD)
    assert list(progress.follow(iter(items), file=io.StringIO())) == items


@pytest.mark.parametrize('item', [
    {'vertexes': 3}, {'vertexes': [3, {}, {'digest': [], 'name': 3, 'started': 4}]}, {'logs': None},
    {'statuses': [{}, {'vertex': u'sha256:1', 'id': {}, 'current': u'x', 'total': []}]}, {'warnings': u'x'},
    {'statuses': [{'vertex': u'sha256:1', 'id': 5, 'current': -1}], 'stream': 3}])
def test_items_of_another_kind_do_no_harm(item, painter):
    step = {'vertexes': [{'digest': u'sha256:1', 'name': u'x', 'started': u'now'}]}
    for items in ([item], [step, item], [json.dumps(item)]):
        with Terminal() as terminal:
            try:
                progress.show(items, file=terminal.file)
            except OperationFailed:
                assert 'stream' in item
            terminal.finish()


# Rows

def live(rows):
    return [head_of(row) for row in rows.live]


def test_the_rows_of_steps_that_run():
    rows, seen = BuildRows(Clock()), []
    for item in as_dicts(BUILD):
        rows.add(item)
        seen.append(live(rows))
    first, layer, second = u'#1 ' + PULLED, u'  sha256:0123456789ab', u'#2 ' + MADE
    assert seen == [[first], [first, layer], [first, layer], [first], [], [second], [second], [], [], []]
    rows.end()
    assert rows.live == []


def test_how_far_statuses_are():
    rows = BuildRows(Clock())
    for item in as_dicts(BUILD[:3]):
        rows.add(item)
    assert (rows.live[1].current, rows.live[1].total) == (3000000, 4000000)
    for item in as_dicts([begun(MADE), status(MADE, u'extracting:', 1),
                          status(MADE, u'context:', 1, current=5)]):
        rows.add(item)
    assert [(row.label, row.current, row.total) for row in rows.live[3:]] == [
        (u'  extracting', None, None), (u'  context', 5, 0)]


def test_steps_at_the_same_time():
    """One whose header is not shown yet has no number."""
    rows, seen = BuildRows(Clock()), []
    for item in as_dicts([begun(u'a'), begun(u'b'), begun(u'c'), ended(u'c', 1), ended(u'a', 2)]):
        rows.add(item)
        seen.append(live(rows))
    assert seen == [[u'#1 a'], [u'#1 a', u'b'], [u'#1 a', u'b', u'c'], [u'#1 a', u'#3 b'], [u'#3 b']]


def test_a_step_that_goes_on_keeps_its_number():
    rows = BuildRows(Clock())
    for item in as_dicts([begun(u'a'), ended(u'a', 1), begun(u'b', 2), begun(u'a', 3)]):
        rows.add(item)
    assert live(rows) == [u'#2 b', u'#1 a']


def test_steps_of_the_same_name():
    one, two = vertex(u'x', 0), dict(vertex(u'x', 0), digest=u'sha256:2')
    rows = BuildRows(Clock())
    for item in as_dicts([trace(vertexes=[one]), trace(vertexes=[two]), ended(u'x', 1)]):
        rows.add(item)
    assert live(rows) == [u'#2 x']


def test_how_far_statuses_are_is_a_line_where_there_are_no_rows():
    rows = BuildRows(Clock())
    for item in as_dicts(BUILD):
        rows.add(item)
    assert [value for kind, value in rows.events if kind == STATUS] == LINES[1:2]
    assert [value for kind, value in rows.events if kind == LINE] == LINES[:1] + LINES[2:]


def test_rows_take_over_no_terminal():
    rows = BuildRows(Clock())
    name = u'\x1b[2J[1/1]\nRUN \x1b]0;x\x07'
    for item in as_dicts([begun(name), status(name, u'a\x1b[2J\nb', 1, current=5)]):
        rows.add(item)
    assert live(rows) == [u'#1 [1/1] RUN ', u'  a b']


# On a terminal

@FORMS
def test_a_build_on_a_terminal(painter, form):
    with Terminal(120) as terminal:
        assert progress.show(form(BUILD), file=terminal.file) == u'6c119e0c74db'
        lines = LINES[:1] + LINES[2:] if form in (as_dicts, as_texts) else LINES
        assert terminal.finish() == lines + [u'']
        assert terminal.screen.has_cursor


def test_the_rows_on_a_terminal(painter):
    with Terminal(120) as terminal:
        generator = progress.follow(as_dicts(BUILD), file=terminal.file)
        for _ in range(2):
            next(generator)
        terminal.file.flush()
        # The row is erased at the end: what was drawn is looked at.
        terminal.wait_for(b'1MB/4MB')
        assert b'  sha256:0123456789ab' in terminal.written
        generator.close()
        assert terminal.finish() == [LINES[0], u'']


@pytest.mark.parametrize('columns', [60, 80, 200])
def test_long_names_leave_room_for_how_far_statuses_are(painter, columns):
    name = u'[2/2] RUN ' + u'make install && ' * 20
    with Terminal(columns) as terminal:
        for _ in progress.follow(as_dicts([begun(name), begun(name + u'b')] + [
                status(name, LAYER, 1, current=1000000, total=4000000)]), file=terminal.file):
            pass
        terminal.finish()
        for piece in (b'1MB/4MB', b'  sha256:0123456789ab', u'#1 [2/2] RUN make'.encode('utf-8')):
            assert piece in terminal.written


def test_a_failure_on_a_terminal(painter):
    with Terminal(120) as terminal:
        with pytest.raises(OperationFailed):
            progress.show(as_dicts(FAILED), file=terminal.file)
        assert terminal.finish() == LINES[:1] + LINES[2:-2] + BLOCK + [u'']


def test_a_notebook_keeps_no_rows(monkeypatch):
    shown = []

    class Handle(object):
        def update(self, data, raw):
            shown.append(data['text/plain'])

    module = types.ModuleType('IPython.display')
    module.display = lambda data, raw, display_id: Handle().update(data, raw) or Handle()
    monkeypatch.setitem(sys.modules, 'IPython', types.ModuleType('IPython'))
    monkeypatch.setitem(sys.modules, 'IPython.display', module)
    file, rows = io.StringIO(), BuildRows(Clock())
    output = progress_output._Notebook(progress_output._Writer(file))
    for item in as_dicts(BUILD):
        rows.add(item)
        output.paint(rows)
        del rows.events[:]
    rows.end()
    output.finish(rows)
    assert shown[0] == u'#1 ' + PULLED and u'1MB/4MB' in shown[1] and shown[-1] == u''
    assert file.getvalue().splitlines() == LINES[:1] + LINES[2:]


def test_nothing_of_it_is_imported_for_other_operations():
    script = ('import sys, docker; docker.progress.show([{"stream": u"Step 1 : FROM x\\n"}, '
              '{"status": u"x"}, {"stream": u"Successfully built 6c119e0c74db"}]); '
              'print([name for name in sys.modules if "buildkit" in name])')
    environment = dict(os.environ, PYTHONPATH=ROOT)
    output = subprocess.check_output([sys.executable, '-c', script], env=environment)
    assert output.splitlines()[-1] == b'[]'
