"""What is measured and what is wanted of it: the rows of the table, as data.

A Task is one measurement (measures.py) of each peer, of which one Line of the table or more come.
Its arguments are those of the measure; a `count` is smaller with `--quick`. `engine` is the one
to use: 'old' and 'new' respond from memory as engines of API 1.6 and 1.41, 'real' is a Docker engine.
`version` is the version that this client's responses follow. A Line is reached when all that it
wants is true: '<=' or '>=' a number, of times the figure of a peer when one is named. `rounds` is how
often it is measured at most.
"""
from collections import namedtuple
import os

Task = namedtuple('Task', 'measure engine version arguments peers lines rounds')
Line = namedtuple('Line', 'name figure wants')

ALL = ('ours', 'before', 'docker', 'docker-py', 'podman', 'aiodocker', 'curl', 'http.client', 'socket')
CLIENTS = ('ours', 'docker', 'docker-py')
DECODERS = ('ours', 'docker', 'docker-py', 'podman', 'aiodocker', 'socket')
SMALL = (('<=', 0.45, 'docker'), ('<=', 2, 'http.client'))
NO_SLOWER, ALMOST = (('<=', 1, 'docker'),), (('<=', 1.15, 'docker'),)
THREE_TIMES = (('>=', 3, 'docker'),)
FLAT = (('<=', 8, None),)

KIB, MIB = 1024, 1024 ** 2
# Frames, and how many make 32 MiB, 128 MiB and 1 GiB.
FRAMES = ((64, '64 B', 2 ** 19, 10), (KIB, '1 KiB', 2 ** 17, 4), (16 * KIB, '16 KiB', 2 ** 16, 1.5))
NEWER, OLD = ', in 1.6 shapes from a newer engine', ', from an engine of API 1.6'


def task(measure, engine, version, peers, arguments, *lines, rounds=9):
    return Task(measure, engine, version, arguments, peers, [Line(*line) for line in lines], rounds)


def rows(folder):
    """All tasks; what they need of files lies in `folder`."""
    for call, engine, version, label in (
            ('version', 'new', '1.6', ''), ('inspect', 'new', '1.41', ''),
            ('inspect', 'old', '1.6', OLD), ('inspect', 'new', '1.6', NEWER)):
        name = {'inspect': 'inspect_container'}.get(call, call) + '()'
        yield task('calls', engine, version, ALL, {'call': call, 'count': 3000},
                   (name + label, 'us', SMALL))
    for call, name in (('containers', 'containers(all=True), 1,000'), ('images', 'images(), 1,000')):
        for engine, version, label, wants in (
                ('new', '1.41', '', NO_SLOWER), ('old', '1.6', OLD, NO_SLOWER),
                ('new', '1.6', NEWER, ALMOST)):
            yield task('calls', engine, version, ALL, {'call': call, 'count': 60},
                       (name + label, 'us', wants))
    for call in ('networks', 'volumes'):
        yield task('calls', 'new', '1.41', CLIENTS + ('http.client',), {'call': call, 'count': 60},
                   (call + '(), 1,000', 'us', NO_SLOWER))
    for size, label, count, wanted in FRAMES:
        wants = (('>=', wanted, 'docker'),)
        arguments = {'size': size, 'count': count}
        yield task('frames', 'old', '1.6', DECODERS, dict(arguments, call='hijacked'),
                   ('logs(stream=True), frames of %s, hijacked' % label, 'MB/s', wants))
        yield task('frames', 'new', '1.6', DECODERS, dict(arguments, call='chunked'),
                   ('logs(stream=True), frames of %s, chunked' % label, 'MB/s', wants))
        yield task('frames', 'new', '1.6', DECODERS,
                   dict(arguments, call='chunked', prefix='following'),
                   ('logs(stream=True), frames of %s, chunked, following' % label, 'MB/s', wants))
        yield task('frames', 'new', '1.6', DECODERS, dict(arguments, call='exec_output'),
                   ('exec_start(stream=True), frames of %s' % label, 'MB/s', wants))
    for size, label, count, wanted in FRAMES:
        yield task('frames', 'new', '1.6', DECODERS,
                   {'call': 'chunked', 'prefix': 'flushed', 'size': size, 'count': count // 4},
                   ('logs(stream=True), frames of %s, chunked, one by one' % label, 'MB/s',
                    (('>=', min(wanted, 1.5), 'docker'),)))
    yield task('logs', 'new', '1.6', ('ours', 'docker', 'socket'),
               {'needs': 'logs', 'size': KIB, 'count': 2 ** 18},
               ('logs(), 256 MiB', 'ms', (('<=', 1 / 3.0, 'docker'),)),
               ('logs(), 256 MiB: memory', 'sizes', (('<=', 1.2, None),)))
    yield task('latency', 'real', '1.6', CLIENTS,
               {'needs': 'follow', 'count': 1000},
               ('from a line written in a container to the line yielded', 'us', NO_SLOWER))
    for call in ('export', 'copy'):
        for target, label, peers in (
                (os.devnull, '/dev/null', ('docker-py', 'podman', 'curl', 'http.client')),
                (os.path.join(folder, 'archive'), 'a file', ())):
            name = '%s of 4 GiB to %s' % (call, label)
            yield task('archive', 'new', '1.6', ('ours', 'docker', 'socket') + peers,
                       {'call': call, 'count': 2 ** 17, 'target': target},
                       (name, 'MB/s', (('>=', 0.8, 'socket'),)), (name + ': memory', 'memory', FLAT))
    for call in ('get_archive', 'get_image'):
        name = '%s of 4 GiB to /dev/null' % call
        yield task('archive', 'new', '1.6', CLIENTS, {'call': call, 'count': 2 ** 17, 'target': os.devnull},
                   (name, 'MB/s', (('>=', 1, 'docker'),)), (name + ': memory', 'memory', FLAT))
    for call, label in (('put_archive', ''), ('put_archive_iterable', ', an iterable of 1 MiB'),
                        ('load_image', '')):
        name = '%s of 4 GiB' % call.replace('_iterable', '') + label
        yield task('upload', 'new', '1.6', CLIENTS,
                   {'call': call, 'source': os.path.join(folder, 'large', 'large')},
                   (name, 'MB/s', (('>=', 1.5, 'docker'),)), (name + ': memory', 'memory', FLAT))
    for call, version, name in (
            ('pull', '1.6', 'pull(stream=True)'), ('pull_dicts', '1.6', 'pull(stream=True), to dicts'),
            ('build_output', '1.6', 'build(stream=True), output'),
            ('events', '1.41', 'events()'), ('events_dicts', '1.41', 'events(), to dicts'),
            ('events', '1.6', 'events()' + NEWER), ('events_dicts', '1.6', 'events(), to dicts' + NEWER)):
        yield task('objects', 'new', version, DECODERS, {'call': call, 'count': 100000},
                   (name, 'objects/s', THREE_TIMES))
    for call, version, name in (
            ('stats', '1.41', 'stats()'), ('stats_dicts', '1.41', 'stats(), to dicts'),
            ('stats', '1.6', 'stats()' + NEWER), ('stats_dicts', '1.6', 'stats(), to dicts' + NEWER)):
        yield task('objects', 'new', version, CLIENTS, {'call': call, 'count': 20000},
                   (name, 'objects/s', THREE_TIMES))
    for kind, label, wanted in (
            ('small', '20,000 small files', 2), ('large', 'a file of 4 GiB', 1.5),
            ('ignored', '200,000 files, 199,000 of them ignored', 5)):
        yield task('build', 'new', '1.6', CLIENTS + ('socket',),
                   {'needs': 'build', 'folder': os.path.join(folder, kind)},
                   ('build of ' + label, 's', (('<=', 1.0 / wanted, 'docker'),)),
                   ('build of %s: memory' % label, 'memory', FLAT),
                   ('build of %s: first byte, before the walk ends' % label, 'first',
                    (('<=', 1, 'socket'),) if kind != 'large' else ()))
    yield task('imports', 'new', '1.6', CLIENTS + ('podman',), {'count': 20},
               ('import, less import requests', 'ms', (('<=', 8, None),)))
    yield task('threads', 'new', '1.6', ('ours', 'docker'),
               {'needs': 'another', 'number': 200, 'count': 50},
               ('200 threads on one client, by 200 clients', 'ratio', (('>=', 0.9, None),)),
               ('200 threads on one client: calls', 'calls/s', ()))
    yield task('growth', 'new', '1.6', ('ours', 'docker'), {'needs': 'left_early', 'count': 100000},
               ('100,000 calls in a loop: memory gained', 'KiB', (('<=', 256, None),)),
               ('100,000 calls in a loop: descriptors gained', 'descriptors', (('<=', 0, None),)),
               rounds=1)
