# coding: utf-8
"""The text of builds with BuildKit beside that of the docker command: the same steps, outputs and results."""

import collections
import io
import json
import os
import re
import subprocess

import pytest

import docker
from docker import progress
from docker.api.build import image_id_in
from docker.errors import ImageNotFound, OperationFailed
from tests.engine.buildkit_build import require_buildkit, require_mounts
from tests.engine.conftest import HOST
from tests.terminal import Terminal

# Debian's is here. One that is found by its name may come without BuildKit.
COMMANDS = ['/usr/bin/docker', 'docker']
# What newer engines copy from has another name in each build.
OF_REFERENCE = r'\bof ref [0-9a-z:-]+'
# How the Dockerfile and the context come to the engine, which the two do in different ways.
OF_TRANSFER = r'\[internal\] load (?!metadata)|copy /context /$'
PARALLEL = u'''FROM busybox AS one
RUN for i in 1 2 3; do echo one $i; sleep 0.2; done
FROM busybox AS two
RUN for i in 1 2 3; do echo two $i; sleep 0.3; done; cp /bin/busybox /two
FROM busybox
COPY --from=one /bin/busybox /one
COPY --from=two /two /two
RUN ls /one /two
'''
ARGS = u'''ARG BASE=busybox
FROM $BASE
ARG GIVEN
ARG DEFAULT=default
LABEL one="1" two=$DEFAULT
ENV GIVEN_TOO=$GIVEN
RUN echo "$GIVEN $DEFAULT $GIVEN_TOO"
'''
PROGRESS = (u'FROM busybox\nRUN for i in 1 2 3; do printf "\\r%s%%" $i; sleep 0.1; done; '
            u'printf "\\r\\nend\\n"; for i in 4 5 6; do printf "%s%%\\r" $i; done; echo\n')
CASES = collections.OrderedDict([
    ('stages in parallel', (PARALLEL, {})),
    ('RUN that fails', (u'FROM busybox\nRUN echo one\nRUN seq 30; echo boom; exit 7\nRUN echo three\n', {})),
    ('stage that fails', (u'FROM busybox AS one\nRUN sleep 0.5; echo boom; exit 3\nFROM busybox AS two\n'
                          u'RUN sleep 20\nFROM one\nCOPY --from=two /bin/busybox /two\n', {})),
    ('COPY that fails', (u'FROM busybox\nCOPY missing /x\n', {})),
    ('syntax error', (u'FROM busybox\nFORM x\n', {})),
    ('arguments and labels', (ARGS, {'buildargs': {'GIVEN': u'sch\xf6n'}})),
    ('cache mount', (u'FROM busybox\nRUN --mount=type=cache,target=/c echo kept > /c/f; cat /c/f\n', {})),
    ('carriage returns', (PROGRESS, {})),
    ('20,000 lines', (u'FROM busybox\nRUN seq 20000\n', {})),
    ('output that is no UTF-8', (u'FROM busybox\nRUN printf "a\\377b\\nsch\\303\\266n\\n\\303"; sleep 0.3; '
                                 u'printf "\\266 x\\n"\n', {})),
    ('steps without output', (u'FROM busybox\nRUN true\nWORKDIR /x\nCOPY . .\nUSER nobody\n', {})),
    ('target', (u'FROM busybox AS one\nRUN echo one\nFROM one AS two\nRUN echo two\n', {'target': 'one'})),
    ('empty lines', (u'FROM busybox\nRUN echo; echo "  x "; echo; echo && \\\n  echo y\n', {})),
    ('standard error', (u'FROM busybox\nRUN echo x >&2; sleep 0.2; echo y\n', {})),
])


def build(client, folder, nocache=True, **kwargs):
    """Build a folder with BuildKit, and return the dicts."""
    with client.build(str(folder), nocache=nocache, buildkit=True, decode=True, **kwargs) as items:
        return list(items)


@pytest.fixture
def newest(client):
    """A Client of the engine's version: older ones have no BuildKit."""
    require_buildkit(client)
    newest = docker.Client(HOST, version='auto')
    yield newest
    newest.close()


def environment():
    # The version on the wire is its own.
    variables = dict(os.environ, DOCKER_BUILDKIT='1', DOCKER_HOST=HOST)
    variables.pop('DOCKER_API_VERSION', None)
    return variables


@pytest.fixture
def command(newest):
    """The docker command, as a list, for builds with BuildKit and plain progress."""
    found = 'no docker command that builds with BuildKit'
    for name in COMMANDS:
        try:
            version = subprocess.check_output([name, '--version'])
            usage = subprocess.check_output([name, 'build', '--help'], stderr=subprocess.STDOUT,
                                            env=environment())
        except (OSError, subprocess.CalledProcessError):
            continue
        major = re.search(br'version (\d+)\.', version)
        if major is not None and int(major.group(1)) >= 23:
            found = 'docker commands since 23 build with buildx, which reports steps of its own'
        elif b'--progress' in usage:
            return [name, 'build', '--progress=plain']
    pytest.skip(found)


@pytest.fixture
def built(newest):
    """A list of images, which are removed after the test."""
    built = []
    yield built
    for image_id in set(built):
        try:
            newest.remove_image(image_id, force=True)
        except ImageNotFound:
            pass


def run_command(command, folder, tmpdir, nocache=True, target=None, buildargs=()):
    """Build with the docker command: its text, and the id of the image, None if it failed."""
    id_file = tmpdir.join('id')
    arguments = ['--iidfile', str(id_file)] + ['--no-cache'] * nocache
    arguments += ['--target', target] if target else []
    for name in buildargs:
        arguments += ['--build-arg', u'{0}={1}'.format(name, buildargs[name]).encode('utf-8')]
    process = subprocess.Popen(command + arguments + [str(folder)], env=environment(), stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    text = process.communicate()[0].decode('utf-8', 'replace')
    if process.returncode:
        return text, None
    image_id = id_file.read()
    id_file.remove()
    return text, image_id


def steps_of(text):
    """Return the steps of a text by their names, each as its output, the statuses that are done and how it
    ended; and what follows the steps, as lines."""
    names, steps, lines = {}, {}, text.split(u'\n')
    begins = True
    for index, line in enumerate(lines):
        found = re.match(r'#(\d+) (.*)', line, re.DOTALL)
        if found is None and line:
            return steps, lines[index:]
        if found:
            number, rest = found.groups()
            if begins and number not in names:
                names[number] = rest
                assert rest not in steps, 'a step has two numbers'
                steps[rest] = [], set(), []
            elif begins:
                assert rest == names[number]
            else:
                add_line(steps[names[number]], rest)
        begins = not line
    return steps, []


def add_line(step, line):
    output, statuses, ends = step
    if re.match(r'\d+(\.\d*)? ', line):
        text = line.partition(u' ')[2]
        # The docker command leaves them as they are.
        output.extend([part for part in text.split(u'\r') if part] or [u''])
    elif re.match(r'(DONE|CACHED|CANCELED|ERROR)\b', line):
        ends.append(re.sub(r'DONE \d.*', 'DONE', re.sub(OF_REFERENCE, '', line)))
    elif line.endswith(u' done'):
        name = re.sub(r'( \d[\d.]*[kMG]?B( / \d[\d.]*[kMG]?B)?)?( [\d.]+s)? done$', '', line)
        statuses.add(re.sub(r'sha256:[0-9a-f]{64}', 'sha256:...', name))


def compared_steps(text):
    """Return the steps without what differs from build to build."""
    steps, rest = steps_of(text)
    compared = {}
    for name, (output, statuses, ends) in steps.items():
        # The docker command reports what is looked up more than once.
        assert len(ends) == 1 or re.search(r'FROM|load ', name), ends
        if re.match(OF_TRANSFER, name):
            continue
        # A base image is looked up, and may be reported as cached only after that. Which stage it is of, and
        # with what a step that is cancelled ends, is not the same in two builds.
        if re.match(r'\[[^]]*\] FROM ', name):
            name, ends = re.sub(r'^\[[^]]*\]', '[]', name), ['DONE']
        compared[name] = output, statuses, ends[-1:]
    return compared, rest


def settings_of(client, image_id):
    details = client.inspect_image(image_id)
    return {key: value for key, value in details['Config'].items() if key != 'Image'}, len(
        details['RootFS']['Layers'])


def text_of(items):
    return u''.join(item.get('stream', u'') for item in items)


@pytest.mark.parametrize('case', sorted(CASES))
def test_the_text_is_that_of_the_docker_command(newest, command, built, tmpdir, case):
    dockerfile, options = CASES[case]
    require_mounts(newest, dockerfile)
    folder = tmpdir.mkdir('context')
    folder.join('Dockerfile').write_binary(dockerfile.encode('utf-8'))
    folder.join('file').write(u'x' * 100000)
    expected, expected_id = run_command(command, folder, tmpdir, **options)
    items = build(newest, folder, **options)
    steps, rest = compared_steps(text_of(items))
    assert text_of(items).count(u' load metadata for ') <= 1
    expected_steps, expected_rest = compared_steps(expected)
    assert steps == expected_steps
    image_id = image_id_in(text_of(items), False)
    if expected_id is None:
        assert image_id is None
        check_failure(items[-1], rest, expected_rest)
    else:
        built.extend([image_id, expected_id])
        assert rest == [u'Successfully built {0}'.format(image_id), u''] and expected_rest in ([], [u''])
        assert items[-2]['aux']['ID'].startswith('sha256:' + image_id)
        assert settings_of(newest, image_id) == settings_of(newest, expected_id)


def check_failure(item, rest, expected):
    """The same steps are named, and the same error; the lines of the step may be in one of them only."""
    assert [line for line in rest if line.startswith(u' > ')] == [
        line for line in expected if line.startswith(u' > ')]
    assert u'\n'.join(rest).rstrip().endswith(item['error'])
    assert item['errorDetail']['message'] == item['error']
    text = u'\n'.join(expected)
    assert re.sub(OF_REFERENCE, u'', item['error']) in re.sub(OF_REFERENCE, u'', text)


def test_a_build_that_is_cached(newest, command, built, tmpdir):
    folder = tmpdir.mkdir('context')
    folder.join('Dockerfile').write(PARALLEL)
    built.append(run_command(command, folder, tmpdir)[1])
    expected, expected_id = run_command(command, folder, tmpdir, nocache=False)
    text = text_of(build(newest, folder, nocache=False))
    assert compared_steps(text)[0] == compared_steps(expected)[0]
    assert text.count(u' CACHED\n') >= 5 and not re.search(r'(?m)one 1$', text)
    assert expected_id == newest.inspect_image(image_id_in(text, False))['Id'] == built[0]


def test_all_lines_are_in_their_order(newest, built, tmpdir):
    tmpdir.join('Dockerfile').write(CASES['20,000 lines'][0])
    items = build(newest, tmpdir)
    built.append(image_id_in(text_of(items), False))
    numbers = [str(number) for number in range(1, 20001)]
    assert steps_of(text_of(items))[0][u'[2/2] RUN seq 20000'][0] == numbers
    logs = [log for item in items for log in item.get('logs', ())]
    assert u''.join(log['data'] for log in logs).split() == numbers
    assert {log['stream'] for log in logs} == {1}
    assert json.loads(json.dumps(items)) == items


@pytest.mark.parametrize('form', [
    list, lambda items: [json.dumps(item) for item in items],
    lambda items: [item['stream'] for item in items if 'stream' in item]], ids=['dicts', 'texts', 'output'])
def test_it_is_drawn(newest, built, tmpdir, form):
    tmpdir.join('Dockerfile').write(PARALLEL)
    items = build(newest, tmpdir)
    file = io.StringIO()
    image_id = progress.show(form(items), file=file)
    built.append(image_id)
    assert file.getvalue() == text_of(items)
    assert newest.inspect_image(image_id)
    tmpdir.join('Dockerfile').write(CASES['RUN that fails'][0])
    with pytest.raises(OperationFailed) as caught:
        progress.show(form(build(newest, tmpdir)), file=file)
    assert str(caught.value).startswith('The build failed in step [3/4] RUN seq 30; echo boom; exit 7 ("')
    assert '7' in caught.value.explanation.rpartition(':')[2]


def test_it_is_drawn_on_a_terminal_while_it_runs(newest, built, tmpdir, monkeypatch):
    monkeypatch.setenv('TERM', 'xterm')
    tmpdir.join('Dockerfile').write(PARALLEL)
    items = []
    with Terminal(200) as terminal:
        image_id = progress.show(newest.build(str(tmpdir), nocache=True, buildkit=True, decode=True),
                                 file=terminal.file, on_item=items.append)
        built.append(image_id)
        screen = terminal.finish()
    # Rows are gone in the end: what is left are the lines of the text, but how far statuses were.
    lines = text_of(items).splitlines()
    assert screen[-2:] == [u'Successfully built ' + image_id, u'']
    assert set(screen) <= set(lines) | {u''}
    assert [line for line in lines if re.search(r'(one|two) \d$|DONE|CACHED', line)] == [
        line for line in screen if re.search(r'(one|two) \d$|DONE|CACHED', line)]
    assert u'RUN for i in 1 2 3; do echo two'.encode('ascii') in terminal.written


def test_a_quiet_build(newest, built, tmpdir):
    tmpdir.join('Dockerfile').write(CASES['20,000 lines'][0])
    items = build(newest, tmpdir, quiet=True)
    image_id = newest.inspect_image(image_id_in(text_of(items), True))['Id']
    built.append(image_id)
    assert text_of(items) == image_id + u'\n'
    tmpdir.join('Dockerfile').write(CASES['RUN that fails'][0])
    text = text_of(build(newest, tmpdir, quiet=True))
    assert text.startswith(u'------\n > [3/4] RUN seq 30; echo boom; exit 7:\n')
    assert re.search(u' boom\n------\n.*exit code: 7', text)
