# coding: utf-8
"""docker.buildkit.progress: traces as dicts, and as the text of plain progress."""

import json
import random

import pytest
import six

from docker.api.build import image_id_in
from docker.buildkit.progress import build_items
from docker.errors import StreamBroken
from docker.stream import build_output
from tests.buildkit.traces import (
    WARNING_OF_DOCKER_28, Clock, at, begun, digest_of, ended, failure, image, log, status, trace, vertex)

A, B, C = u'[a 2/2] RUN a', u'[b 2/2] RUN b', u'[stage-2 2/2] COPY --from=a /a /a'
HEADER = u'#1 {0}\n'.format(A)
EXIT = u'process "/bin/sh -c a" did not complete successfully: exit code: 7'


def items_of(items, **kwargs):
    return list(build_items(items, **dict({'clock': Clock()}, **kwargs)))


def text_of(items, **kwargs):
    return u''.join(item.get('stream', u'') for item in items_of(items, **kwargs))


# Text

def test_the_text_of_a_build():
    export = u'exporting to image'
    assert text_of([
        begun(u'[internal] load build definition from Dockerfile'),
        status(u'[internal] load build definition from Dockerfile', u'transferring dockerfile:', 0, 0, 0.001,
               current=131),
        ended(u'[internal] load build definition from Dockerfile', 0.02),
        trace(vertexes=[vertex(u'[1/2] FROM busybox', 0.1, 0.1, cached=True), vertex(u'[2/2] RUN make'),
                        vertex(export)]),
        begun(u'[2/2] RUN make', 0.1),
        log(u'[2/2] RUN make', 0.325, b'built-ok\n'),
        ended(u'[2/2] RUN make', 0.35, 0.1),
        begun(export, 0.4),
        status(export, u'exporting layers', 0.4, 0.4),
        status(export, u'exporting layers', 0.7, 0.4, 0.7),
        image(),
        trace(vertexes=[vertex(export, 0.4, 0.8)],
              statuses=[{'id': u'naming to docker.io/a', 'vertex': digest_of(export), 'started': at(0.75),
                         'completed': at(0.75)}]),
    ]) == (u'#1 [internal] load build definition from Dockerfile\n'
           u'#1 transferring dockerfile: 131B done\n'
           u'#1 DONE 0.0s\n'
           u'\n'
           u'#2 [1/2] FROM busybox\n'
           u'#2 CACHED\n'
           u'\n'
           u'#3 [2/2] RUN make\n'
           u'#3 0.225 built-ok\n'
           u'#3 DONE 0.2s\n'
           u'\n'
           u'#4 exporting to image\n'
           u'#4 exporting layers\n'
           u'#4 exporting layers 0.3s done\n'
           u'#4 naming to docker.io/a done\n'
           u'#4 DONE 0.4s\n'
           u'Successfully built 6c119e0c74db\n')


def test_each_line_comes_as_soon_as_it_is_known():
    shown = [item.get('stream') for item in items_of([
        begun(A), log(A, 0.1, b'one\ntw'), log(A, 0.2, b'o\n'), log(A, 0.3, b'thr'), ended(A, 0.4)])]
    assert shown == [HEADER, u'#1 0.100 one\n', u'#1 0.100 two\n', None, u'#1 0.300 thr\n#1 DONE 0.4s\n']


@pytest.mark.parametrize('second, shown', [
    (0, u'0.000'), (0.0004, u'0.000'), (9.9999, u'10.00'), (10.456, u'10.45'), (101.39, u'101.3'),
    (1012.9, u'1012'), (123456.7, u'123456'), (-1, u'0.000')])
def test_the_times_of_lines(second, shown):
    assert text_of([begun(A), log(A, second, b'x\n')]) == HEADER + u'#1 {0} x\n'.format(shown)


def test_a_log_without_a_time():
    item = trace(logs=[{'vertex': digest_of(A), 'data': b'x\n'}])
    assert text_of([begun(A), item]) == HEADER + u'#1 0.000 x\n'


@pytest.mark.parametrize('pieces, lines', [
    ([b'a\nb\n'], [u'a', u'b']),
    ([b'a', b'b', b'\n'], [u'ab']),
    ([b'\n\na\n'], [u'', u'', u'a']),
    ([b'a\r\nb\r\n'], [u'a', u'b']),
    ([b'\r\n\r\na'], [u'', u'', u'a']),
    ([b'a\r', b'\nb\r', b'\r\n'], [u'a', u'b']),
    ([b'\r1%', b'\r2%', b'\r3%', b'\r\nend'], [u'1%', u'2%', u'3%', u'end']),
    ([b'1%\r2%\r', b'3%\r', b'\n', b'\n'], [u'1%', u'2%', u'3%', u'']),
    ([b'\r\r\r\n'], [u'']),
    ([b'a\r'], [u'a']),
    ([b'\r'], []),
    ([u'sch\xf6n\n'.encode('utf-8')], [u'sch\xf6n']),
    ([b'sch\xc3', b'\xb6n\n'], [u'sch\xf6n']),
    ([b'a\xffb\n', b'\xc3'], [u'a\ufffdb', u'\ufffd']),
    ([b'\xf0\x9f', b'\x98\x80\n'], [u'\U0001f600']),
    ([u'a\u2028b\x0b\x0c\x85\n'.encode('utf-8')], [u'a\u2028b\x0b\x0c\x85']),
])
def test_the_lines_of_output(pieces, lines):
    whole = [begun(A)] + [log(A, 1, piece) for piece in pieces] + [ended(A, 2)]
    expected = HEADER + u''.join(u'#1 1.000 {0}\n'.format(line) for line in lines) + u'#1 DONE 2.0s\n'
    assert text_of(whole) == expected
    joined = b''.join(pieces)
    assert text_of([begun(A), log(A, 1, joined), ended(A, 2)]) == expected
    bits = [log(A, 1, joined[i:i + 1]) for i in range(len(joined))]
    assert text_of([begun(A)] + bits + [ended(A, 2)]) == expected
    # Without an end of the step.
    assert text_of([begun(A)] + bits) == expected[:expected.index(u'#1 DONE')]


def test_random_cuts_make_no_difference():
    rng = random.Random(13)
    for _ in range(200):
        data = u''.join(rng.choice(u'ab\xf6\u20ac\U0001f600\r\r\n\n') for _ in range(40)).encode('utf-8')
        data = data.replace(b'b', b'\xff')
        whole = [begun(A), log(A, 1, data), ended(A, 2)]
        cuts = sorted(rng.randrange(len(data)) for _ in range(rng.randrange(1, 20)))
        parts = [log(A, 1, data[start:end]) for start, end in zip([0] + cuts, cuts + [len(data)])]
        assert text_of(whole[:1] + parts + whole[2:]) == text_of(whole)
        logs = [entry for item in items_of(whole[:1] + parts + whole[2:]) for entry in item.get('logs', ())]
        assert u''.join(entry['data'] for entry in logs) == data.decode('utf-8', 'replace')


def test_the_streams_of_a_step_have_lines_of_their_own():
    assert text_of([begun(A), log(A, 1, b'out'), log(A, 2, b'err\n', 2), log(A, 3, b'put\n'),
                    log(A, 4, b'x', 2), ended(A, 5)]) == (
        HEADER + u'#1 2.000 err\n#1 1.000 output\n#1 4.000 x\n#1 DONE 5.0s\n')


def test_a_line_in_many_pieces_takes_no_quadratic_time():
    # Each of them would copy all before: 5 GB.
    pieces = [begun(A)] + [log(A, 1, b'.' * 1000)] * 3200 + [log(A, 1, b'\n')]
    assert text_of(pieces) == HEADER + u'#1 1.000 ' + u'.' * 3200000 + u'\n'


# Statuses

@pytest.mark.parametrize('more, shown', [
    ({}, u'x'), ({'current': 999}, u'x 999B'), ({'current': 1200000}, u'x 1.20MB'),
    ({'current': 1200000, 'total': 3 * 10 ** 9}, u'x 1.20MB / 3.00GB'), ({'total': 5}, u'x 0B / 5B'),
    ({'started': 0}, u'x 0.5s'), ({'started': 0.495}, u'x'),
    ({'started': 0, 'completed': 0.3}, u'x 0.3s done'),
    ({'completed': 0.5, 'current': 10 ** 19 // 2}, u'x 5000.00PB done'), ({'current': -3}, u'x -3B'),
])
def test_the_lines_of_statuses(more, shown):
    assert text_of([begun(A), status(A, u'x', 0.5, **more)]) == HEADER + u'#1 {0}\n'.format(shown)


def test_statuses_are_shown_now_and_then():
    clock = Clock()

    def items():
        yield begun(A)
        for second in range(13):
            clock.now = 1000.0 + second
            yield status(A, u'sha256:ab', second, 0, current=second, total=20)
        yield status(A, u'sha256:ab', 13, 0, 13, current=20, total=20)
        yield status(A, u'sha256:ab', 13, 0, 13, current=20, total=20)
        yield ended(A, 14)
    assert text_of(items(), clock=clock) == HEADER + (
        u'#1 sha256:ab 0B / 20B\n#1 sha256:ab 5B / 20B 5.0s\n#1 sha256:ab 10B / 20B 10.0s\n'
        u'#1 sha256:ab 20B / 20B 13.0s done\n#1 DONE 14.0s\n')


@pytest.mark.parametrize('end', [[ended(A, 3)], []])
def test_how_far_a_status_was_at_the_end(end):
    text = text_of([begun(A), status(A, u'x', 0, current=1), status(A, u'x', 1, current=2),
                    status(A, u'y', 1, current=9)] + end)
    assert text == HEADER + u'#1 x 1B\n#1 y 9B\n#1 x 2B\n' + (u'#1 DONE 3.0s\n' if end else u'')


def test_a_status_with_a_name_alone():
    item = trace(statuses=[{'name': u'n\nm', 'vertex': digest_of(A)}])
    assert text_of([begun(A), item]) == HEADER + u'#1 n m\n'


# How steps end

@pytest.mark.parametrize('more, shown', [
    ({}, u'DONE 1.2s'), ({'cached': True}, u'CACHED'), ({'error': u'no such file'}, u'ERROR: no such file'),
    ({'error': u'exit code: 137: context canceled'}, u'CANCELED'),
])
def test_how_a_step_ends(more, shown):
    assert text_of([ended(A, 1.25, 0, **more)]) == HEADER + u'#1 {0}\n'.format(shown)
    assert text_of([begun(A), ended(A, 1.25, 0, **more)]) == HEADER + u'#1 {0}\n'.format(shown)


def test_a_step_that_only_ended():
    assert text_of([trace(vertexes=[vertex(A, None, 3)])]) == HEADER + u'#1 DONE 0.0s\n'


def test_a_step_that_is_only_announced_is_not_shown():
    assert text_of([trace(vertexes=[vertex(A), vertex(B)])]) == u''
    assert items_of([trace(vertexes=[vertex(A)])]) == [{'vertexes': [{'digest': digest_of(A), 'name': A}]}]


def test_a_source_that_was_looked_up_and_then_is_cached():
    """Engines report such a step as complete more than once."""
    ends = [ended(A, 0.003), ended(A, 0.004, 0.0035, cached=True)]
    assert text_of([begun(A)] + ends) == HEADER + u'#1 CACHED\n'
    assert text_of(ends) == HEADER + u'#1 CACHED\n'
    assert text_of(ends[:1] * 3 + [ended(A, 0.005, 0.005)] + [begun(B)]) == (
        HEADER + u'#1 DONE 0.0s\n\n#2 {0}\n'.format(B))


def test_a_step_that_goes_on_after_its_end():
    """A base image: it is looked up, and then pulled."""
    assert text_of([
        begun(A), status(A, u'resolve x', 0.5, 0, 0.5), ended(A, 0.5), begun(B, 1),
        begun(A, 2), status(A, u'extracting y', 3, 2, 3), ended(A, 3.5, 2), ended(A, 3.5, 2), ended(A, 4, 4),
    ]) == (HEADER + u'#1 resolve x 0.5s done\n#1 DONE 0.5s\n\n#2 {0}\n#2 ...\n\n{1}'
           u'#1 extracting y 1.0s done\n#1 DONE 2.0s\n').format(B, HEADER)


def test_a_step_that_ends_and_begins_in_one_message():
    items = [begun(A), trace(vertexes=[vertex(A, 0, 1), vertex(A, 2)]), log(A, 2.5, b'x\n'), ended(A, 3, 2)]
    assert text_of(items) == HEADER + u'#1 0.500 x\n#1 DONE 2.0s\n'
    items[1] = trace(vertexes=[vertex(A, 0, 1), vertex(A, 2)], logs=[
        {'vertex': digest_of(A), 'timestamp': at(0.5), 'data': b'y'}])
    assert text_of(items) == HEADER + u'#1 0.000 y\n#1 0.500 x\n#1 DONE 2.0s\n'


def test_what_comes_after_the_end_of_a_step():
    warning = trace(warnings=[{'vertex': digest_of(A), 'short': b'late'}])
    assert text_of([begun(A), ended(A, 1), log(A, 2, b'x\n'), warning, begun(B), log(A, 3, b'y')]) == (
        HEADER + u'#1 DONE 1.0s\n\n' + HEADER + u'#1 2.000 x\n\n' + HEADER + u'#1 WARN: late\n\n'
        u'#2 {0}\n#2 ...\n\n'.format(B) + HEADER + u'#1 3.000 y\n')


def test_steps_that_are_known_by_their_output_alone():
    items = [trace(logs=[{'vertex': u'sha256:1', 'data': b'x\n', 'stream': 1}]), log(u'', 1, b'y\n')]
    assert text_of(items) == u'#1 sha256:1\n#1 0.000 x\n#1 ...\n\n#2 sha256:\n#2 0.000 y\n'


def test_a_name_of_several_lines():
    assert text_of([begun(u'a\nb')]) == u'#1 a b\n'


# Several at a time

def test_steps_take_turns():
    clock = Clock()

    def items():
        yield begun(A)
        yield begun(B)
        for second in range(8):
            clock.now = 1000.5 + second
            yield log(A, second, b'a%d\n' % second if six.PY3 else 'a{0}\n'.format(second))
            clock.now += 0.25
            yield log(B, second, b'b%d\n' % second if six.PY3 else 'b{0}\n'.format(second))
    text = text_of(items(), clock=clock)
    lines = text.splitlines()
    assert lines == [
        HEADER.strip()] + [u'#1 {0}.000 a{0}'.format(number) for number in range(6)] + [
        u'#1 ...', u'', u'#2 ' + B] + [u'#2 {0}.000 b{0}'.format(number) for number in range(8)] + [
        u'#2 ...', u'', HEADER.strip(), u'#1 6.000 a6', u'#1 7.000 a7']


def test_a_step_that_is_silent_does_not_keep_its_turn():
    clock = Clock()

    def items():
        yield begun(A)
        clock.now += 1
        yield begun(B)
        yield log(A, 1, b'a\n')
        clock.now += 0.9
        yield log(B, 2, b'b\n')
        clock.now += 0.9
        yield log(A, 3, b'c\n')
        clock.now += 0.2
        yield log(B, 4, b'd\n')
    shown = [item.get('stream') for item in items_of(items(), clock=clock)]
    back = u'#2 ...\n\n' + HEADER
    assert shown == [HEADER, u'#1 ...\n\n#2 {0}\n'.format(B), None, u'#2 2.000 b\n', None,
                     u'#2 4.000 d\n', back + u'#1 1.000 a\n#1 3.000 c\n']


def test_what_is_complete_does_not_wait():
    assert text_of([begun(A), begun(B), log(A, 1, b'x\n'), log(B, 1, b'y\n'), ended(B, 2), log(A, 3, b'z\n'),
                    ended(A, 4)]) == (
        HEADER + u'#1 1.000 x\n#1 ...\n\n#2 {0}\n#2 1.000 y\n#2 DONE 2.0s\n\n'.format(B) +
        HEADER + u'#1 3.000 z\n#1 DONE 4.0s\n')


def test_the_current_step_ends_first():
    assert text_of([begun(A), begun(B), log(B, 1, b'y\n'),
                    trace(vertexes=[vertex(B, 0, 2), vertex(A, 0, 2)])]) == (
        HEADER + u'#1 DONE 2.0s\n\n#2 {0}\n#2 1.000 y\n#2 DONE 2.0s\n'.format(B))


@pytest.mark.parametrize('step', [0, 0.1, 0.7, 3, -1])
def test_nothing_is_lost_and_nothing_comes_twice(step):
    """Whatever the clock shows, and in whatever order things happen."""
    rng = random.Random(7)
    for _ in range(60):
        written, names = [], [u'step {0}'.format(number) for number in range(5)]
        items = [trace(vertexes=[vertex(name) for name in names])]
        for number in range(60):
            name = rng.choice(names)
            kind = rng.randrange(8)
            if kind == 0:
                items.append(begun(name, number))
            elif kind == 1:
                items.append(ended(name, number, number - 1, cached=rng.random() < 0.5))
            elif kind == 2:
                items.append(status(name, u'status-{0}'.format(number), number))
                written.append(u'status-{0}'.format(number))
            else:
                written.append(u'line-{0}'.format(number))
                items.append(log(name, number, written[-1].encode('ascii') + b'\n', rng.randrange(1, 3)))
        text = text_of(items, clock=Clock(step))
        assert sorted(line.split(u' ')[-1] for line in text.splitlines()
                      if u'-' in line) == sorted(written)
        check_form(text)


def check_form(text):
    """Each line is one of the step whose header came last; steps are counted; blocks are apart."""
    current, names = None, {}
    for line, before in zip(text.splitlines(), [u''] + text.splitlines()):
        if not line:
            current = None
            continue
        number, rest = line[1:].split(u' ', 1)
        if before == u'':
            assert rest == names.setdefault(number, rest)
            current = number
        assert number == current
        assert (rest == u'...') <= (before != u'')
    assert sorted(map(int, names)) == list(range(1, len(names) + 1))
    assert len(set(names.values())) == len(names)


# Failures

def test_a_step_that_fails():
    lines = b''.join(b'line %d\n' % number if six.PY3 else 'line {0}\n'.format(number)
                     for number in range(20))
    shown = items_of([begun(A), log(A, 1, lines), ended(A, 2, error=EXIT), failure(EXIT)])
    # Programs that look for `stream` first find the error all the same.
    assert shown[-1] == {'error': EXIT, 'errorDetail': {'message': EXIT}}
    assert shown[-2] == {'stream': u'------\n > {0}:\n'.format(A) + u''.join(
        u'1.000 line {0}\n'.format(number) for number in range(10, 20)) + u'------\n' + EXIT + u'\n'}
    assert u''.join(item['stream'] for item in shown[:-2]).endswith(
        u'#1 1.000 line 19\n#1 ERROR: {0}\n'.format(EXIT))


@pytest.mark.parametrize('message', [EXIT, u'failed to solve: ' + EXIT])
def test_steps_that_did_not_make_it_fail_are_not_in_it(message):
    text = text_of([begun(A), begun(B), begun(C), log(A, 1, b'a\n'), log(B, 1, b'b\n'),
                    ended(A, 2, error=EXIT), ended(B, 2, error=u'exit code: 137: context canceled'),
                    ended(C, 2, error=u'not found'), failure(message)])
    assert text[text.index(u'------'):] == u'------\n > {0}:\n1.000 a\n------\n{1}\n'.format(A, message)
    assert u' CANCELED\n' in text


def test_an_error_that_names_no_step():
    text = text_of([begun(A), begun(B), ended(A, 2, error=u'1'), ended(B, 3, error=u'2'), failure(u'x')])
    assert text.endswith(u'------\n > {0}:\n------\n------\n > {1}:\n------\nx\n'.format(A, B))
    assert text_of([ended(A, 1), failure(u'parse error')]) == HEADER + u'#1 DONE 1.0s\nparse error\n'


def test_a_step_that_failed_and_then_did_not():
    text = text_of([ended(A, 1, error=u'x'), begun(A, 2), ended(A, 3, 2), failure(u'y')])
    assert text == HEADER + u'#1 ERROR: x\n\n' + HEADER + u'#1 DONE 2.0s\ny\n'


def test_the_error_may_come_before_the_end_of_the_trace():
    shown = items_of([begun(A), failure(EXIT), log(A, 1, b'x\n'), ended(A, 2, error=EXIT), image()])
    assert shown[-1]['error'] == EXIT and u' > {0}:\n1.000 x\n'.format(A) in shown[-2]['stream']
    assert [item for item in shown if 'aux' in item] == []


@pytest.mark.parametrize('item, message', [
    ({'error': u'x'}, u'x'), ({'errorDetail': {'message': u'x', 'code': 3}}, u'x'),
    ({'error': u'x\n', 'errorDetail': None}, u'x'), ({'errorDetail': u'x'}, u'x'), ({'error': 3}, u'3'),
    ({'error': u'sch\xf6n'}, u'sch\xf6n'), ({'errorDetail': {'message': 3}}, u'3')])
def test_forms_of_errors(item, message):
    assert items_of([item]) == [{'stream': message + u'\n'}, dict({'error': message}, **item)]


# The end

@pytest.mark.parametrize('image_id', [u'sha256:' + u'ab' * 32, u'ab' * 32])
def test_the_image(image_id):
    for item in (image(image_id), {'aux': {'ID': image_id}}):
        assert items_of([item]) == [{'aux': {'ID': image_id}},
                                    {'stream': u'Successfully built abababababab\n'}]
        text = text_of([ended(A, 1), item])
        assert image_id_in(text, False) == u'ab' * 6
        assert u''.join(build_output((None, item) for item in items_of([ended(A, 1), item]))) == text


def test_a_build_without_an_image():
    for items in ([], [image(u'')]):
        assert items_of(items) == []
    assert text_of([ended(A, 1)]) == HEADER + u'#1 DONE 1.0s\n'


def test_a_quiet_build():
    image_id = u'sha256:' + u'ab' * 32
    shown = items_of([begun(A), log(A, 1, b'x\n'), ended(A, 1), {'stream': u'x'}, image(image_id)],
                     quiet=True)
    assert [sorted(item) for item in shown] == [['vertexes'], ['logs'], ['vertexes'], ['aux'], ['stream']]
    assert shown[-1]['stream'] == image_id + u'\n'
    assert image_id_in(shown[-1]['stream'], True) == u'ab' * 32


@pytest.mark.parametrize('image_id', [u'sha256:' + u'ab' * 32, u'ab' * 32])
def test_a_quiet_build_of_which_the_engine_sends_the_id_alone(image_id):
    line = {'stream': image_id + u'\n'}
    assert items_of([line], quiet=True) == [{'aux': {'ID': image_id}}, line]
    assert items_of([line]) == [line]


def test_a_quiet_build_that_fails():
    lines = b''.join(b'%d\n' % number if six.PY3 else '{0}\n'.format(number) for number in range(200))
    shown = items_of([begun(B), log(B, 1, b'b\n'), ended(B, 1), begun(A), log(A, 1, lines),
                      ended(A, 2, error=EXIT), failure(EXIT)], quiet=True)
    assert [item for item in shown[:-2] if 'stream' in item] == [] and shown[-1]['error'] == EXIT
    assert shown[-2]['stream'] == u'------\n > {0}:\n'.format(A) + u''.join(
        u'1.000 {0}\n'.format(number) for number in range(100, 200)) + u'------\n' + EXIT + u'\n'


def test_text_that_is_no_trace():
    assert text_of([begun(A), {'stream': u'one'}, {'stream': u' two\n'}, {'stream': u''}, log(A, 1, b'x\n'),
                    {'stream': u'three'}, log(A, 2, b'y\n'), {'stream': u'four'}, image()]) == (
        HEADER + u'#1 ...\none two\n\n' + HEADER + u'#1 1.000 x\n#1 ...\nthree\n\n' +
        HEADER + u'#1 2.000 y\n#1 ...\nfour\nSuccessfully built 6c119e0c74db\n')


def test_items_that_are_not_known_are_passed_on():
    for item in ({'id': u'moby.other', 'aux': u'x'}, {'status': u'x'}, {'aux': {'Digest': u'x'}}, {'id': 3}):
        assert items_of([item]) == [item]
    assert items_of([{}]) == []


# Dicts

def test_the_dicts():
    everything = trace(
        vertexes=[vertex(A, 0.000000001, 1.5, inputs=[u'sha256:1', u'sha256:2'], cached=True, error=u'x',
                         progressGroup={'id': u'g', 'name': u'group'})],
        statuses=[{'id': u's', 'vertex': digest_of(A), 'name': u'n', 'current': 1, 'total': 2,
                   'timestamp': at(1), 'started': at(0), 'completed': at(1)}, {'vertex': u'v'}],
        logs=[{'vertex': digest_of(A), 'timestamp': at(1), 'stream': 2, 'data': b'x'}],
        warnings=[{'vertex': digest_of(A), 'level': 1, 'short': b'short', 'detail': [b'a', b'\xff'],
                   'url': u'https://x',
                   'ranges': [{'start': {'line': 3}, 'end': {'line': 3, 'character': 4}}],
                   'info': {'filename': u'Dockerfile', 'data': b'FROM x', 'language': u'Dockerfile'}}])
    item, = items_of([everything])
    assert item.pop('stream') == (
        HEADER + u'#1 s 1B / 2B 1.0s done\n#1 WARN: short\n#1 1.000 x\n#1 ERROR: x\n\n'
        u'#2 v\n#2 \n')
    assert item == {
        'vertexes': [{
            'digest': digest_of(A), 'name': A, 'inputs': [u'sha256:1', u'sha256:2'], 'cached': True,
            'error': u'x',
            'started': u'2026-11-26T20:51:33.000000001Z', 'completed': u'2026-11-26T20:51:34.500000000Z',
            'progressGroup': {'id': u'g', 'name': u'group', 'weak': False}}],
        'statuses': [
            {'id': u's', 'vertex': digest_of(A), 'name': u'n', 'current': 1, 'total': 2,
             'timestamp': u'2026-11-26T20:51:34.000000000Z', 'started': u'2026-11-26T20:51:33.000000000Z',
             'completed': u'2026-11-26T20:51:34.000000000Z'},
            {'id': u'', 'vertex': u'v', 'name': u'', 'current': 0, 'total': 0}],
        'logs': [{'vertex': digest_of(A), 'stream': 2, 'data': u'x',
                  'timestamp': u'2026-11-26T20:51:34.000000000Z'}],
        'warnings': [{
            'vertex': digest_of(A), 'level': 1, 'short': u'short', 'detail': [u'a', u'\ufffd'],
            'url': u'https://x',
            'info': {'filename': u'Dockerfile', 'data': u'FROM x', 'language': u'Dockerfile'},
            'ranges': [{'start': {'line': 3, 'character': 0}, 'end': {'line': 3, 'character': 4}}]}]}
    assert json.loads(json.dumps(item)) == item


@pytest.mark.parametrize('warning, line', [
    ({'short': b'a\nb'}, u'#1 WARN: a\n#1 WARN: b\n'), ({'detail': [b'a']}, u'#1 WARN: a\n'),
    ({}, u'#1 WARN: a warning without a text\n'),
    ({'short': b'a', 'url': u'https://x'}, u'#1 WARN: a\n')])
def test_warnings(warning, line):
    assert text_of([begun(A), trace(warnings=[dict(warning, vertex=digest_of(A))])]) == HEADER + line


def test_a_warning_of_docker_28():
    item, = items_of([WARNING_OF_DOCKER_28])
    short = (u'JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior '
             u'related to OS signals (line 2)')
    assert u' WARN: {0}\n'.format(short) in item['stream']
    warning, = item['warnings']
    assert warning == {
        'vertex': u'sha256:92e00abcf4a6e4cae2b82e23825c92e9641761e5888e7d4dd181a5c26a092f2e', 'level': 1,
        'short': short, 'detail': [u'JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended '
                                   u'behavior related to OS signals'],
        'url': u'https://docs.docker.com/go/dockerfile/rule/json-args-recommended/',
        'info': {'filename': u'Dockerfile', 'data': u'FROM busybox\nCMD echo x\n', 'language': u'Dockerfile'},
        'ranges': [{'start': {'line': 2, 'character': 0}, 'end': {'line': 2, 'character': 0}}]}
    assert [step['name'] for step in item['vertexes']] == [
        u'[1/1] FROM docker.io/library/busybox:latest',
        u'[internal] load metadata for docker.io/library/busybox:latest']


@pytest.mark.parametrize('seconds, shown', [
    (-62135596800, u'0001-01-01T00:00:00.000000005Z'), (253402300799, u'9999-12-31T23:59:59.000000005Z'),
    (0, u'1970-01-01T00:00:00.000000005Z'), (-1, u'1969-12-31T23:59:59.000000005Z')])
def test_times(seconds, shown):
    item = trace(vertexes=[dict(vertex(A), started={'seconds': seconds, 'nanos': 5})])
    assert items_of([item])[0]['vertexes'][0]['started'] == shown


def test_a_line_without_an_end_is_not_held():
    piece = log(A, 1, b'.' * 1000000)
    shown = list(build_items([begun(A)] + [piece] * 9 + [log(A, 1, b'\n' + b'next\n')]))
    texts = [item.get('stream', u'') for item in shown]
    assert max(map(len, texts)) < 6 * 10 ** 6
    lines = u''.join(texts).splitlines()
    assert lines[-1] == u'#1 1.000 next'
    assert [line.count(u'.') for line in lines[1:-1]] == [5 * 10 ** 6 + 1, 4 * 10 ** 6 + 1]


def test_a_character_that_is_cut_ends_with_its_step():
    shown = items_of([begun(A), log(A, 1, b'\xc3'), ended(A, 2)])
    assert [item.get('logs') for item in shown] == [None, [
        {'vertex': digest_of(A), 'stream': 1, 'data': u'\ufffd',
         'timestamp': u'2026-11-26T20:51:34.000000000Z'}]]
    assert items_of([begun(A), log(A, 1, b'\xc3')])[-1] == {
        'logs': shown[-1]['logs'], 'stream': u'#1 1.000 \ufffd\n'}


# Input of the wrong kind

@pytest.mark.parametrize('item', [
    u'{}', b'{}', None, 3, [], {'id': u'moby.buildkit.trace'}, {'id': u'moby.buildkit.trace', 'aux': {}},
    {'id': u'moby.buildkit.trace', 'aux': u'abc'}, {'id': u'moby.buildkit.trace', 'aux': u'ab\u20ac='},
    {'id': u'moby.buildkit.trace', 'aux': u'=AAA'}, {'id': u'moby.buildkit.trace', 'aux': u'A==='},
    {'id': u'moby.buildkit.trace', 'aux': u'AA A'}, {'id': u'moby.buildkit.trace', 'aux': u'AAA=\n'},
    {'id': u'moby.buildkit.trace', 'aux': u'CgUx'}, {'id': u'moby.buildkit.trace', 'aux': u'////'},
    trace(vertexes=[dict(vertex(A), started={'seconds': 2 ** 62})]),
    trace(vertexes=[dict(vertex(A), started={'nanos': -1})]),
    trace(vertexes=[dict(vertex(A), completed={'nanos': 10 ** 9})]),
    trace(logs=[{'vertex': u'v', 'timestamp': {'seconds': -2 ** 63}}]),
    {'id': u'moby.image.id'}, {'id': u'moby.image.id', 'aux': u'x'}, {'id': u'moby.image.id', 'aux': {}},
    {'id': u'moby.image.id', 'aux': {'ID': 3}}, {'aux': {'ID': None}}, {'stream': 3}, {'stream': [u'x']},
], ids=repr)
def test_input_of_the_wrong_kind(item):
    for quiet in (False, True):
        generator = build_items(iter([begun(A), log(A, 1, b'x'), item, image()]), quiet, Clock())
        shown = [next(generator), next(generator)]
        with pytest.raises(StreamBroken) as caught:
            for item_shown in generator:
                shown.append(item_shown)
        assert str(caught.value).startswith('Expected ')
        # What was known before is not lost, and nothing pretends that there is an image.
        text = u''.join(part.get('stream', u'') for part in shown)
        assert text == (u'' if quiet else HEADER + u'#1 1.000 x\n')


def test_a_stream_that_breaks():
    def items(*more):
        for item in (begun(A), log(A, 1, b'x'), image()) + more:
            yield item
        raise StreamBroken('cut')
    for more, end in [((), u''), ((failure(u'why'),), u'why\n')]:
        shown = []
        with pytest.raises(StreamBroken) as caught:
            for item in build_items(items(*more), clock=Clock()):
                shown.append(item.get('stream', u''))
        assert str(caught.value) == 'cut'
        assert u''.join(shown) == HEADER + u'#1 1.000 x\n' + end


def test_it_takes_no_more_than_is_asked_for():
    taken = []
    generator = build_items(taken.append(item) or item for item in [begun(A), ended(A, 1)])
    assert taken == []
    next(generator)
    assert len(taken) == 1
    generator.close()
