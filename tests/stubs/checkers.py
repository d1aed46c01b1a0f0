"""Running the type checkers on programs, and what they report."""

import importlib
import io
import json
import os
import re
import subprocess
import sys

import pytest

import docker

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(docker.__file__)))
# That of the user, whose caches are used. The tests get another one.
HOME = os.environ.get('HOME', '')
# No settings but these.
MYPY = ['mypy', '--config-file=', '--no-error-summary', '--hide-error-context']
STRICT = ['--strict']
# Pages of the documentation have no annotations of their own names, which may stand for other things in
# another chapter, and import packages that are not installed. All else is strict.
PAGES = ['--strict', '--allow-untyped-defs', '--allow-untyped-calls', '--allow-redefinition',
         '--ignore-missing-imports', '--disable-error-code=var-annotated', '--disable-error-code=has-type',
         '--disable-error-code=override']
# What a page knows better: that a port is published, a file is in an archive, one of two is not None.
KNOWN_BETTER = (r'Item "None" of |Value of type ".* \| None" is not indexable|'
                r'Unsupported operand types for \S+ \(.* and "None"\)|'
                r'Operator "." not supported .* and "None"')
# Pages that show mistakes.
ABOUT_MISTAKES = [os.path.join('docs', 'guide', 'repl.md')]


def require_checker(name):
    """Skip a test if a type checker is not installed; fail where it has to be."""
    try:
        importlib.import_module(name)
    except ImportError:
        reason = '{0} is not installed'.format(name)
        (pytest.fail if os.environ.get('TYPE_CHECKERS') else pytest.skip)(reason)


def run_checker(arguments, folder):
    """Return the output of a module that is run in a folder, with docker being this one."""
    path = os.pathsep.join(filter(None, [ROOT, os.environ.get('PYTHONPATH')]))
    process = subprocess.Popen(
        [sys.executable, '-m'] + arguments, cwd=str(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=dict(os.environ, HOME=HOME, PYTHONPATH=path, MYPYPATH=ROOT, PYRIGHT_PYTHON_IGNORE_WARNINGS='1'))
    output = process.communicate()[0].decode('utf-8')
    # 0 nothing was reported, 1 something was.
    assert process.returncode in (0, 1), output
    return output


def mypy_reports(folder, options):
    """Return what mypy reports of the programs in a folder: a list of (file, line, message)."""
    require_checker('mypy')
    output = run_checker(MYPY + ['--cache-dir', '.cache'] + options + programs_in(folder), folder)
    reports = []
    for line in output.splitlines():
        match = re.match(r'([^:]+):(\d+): (error|note): (.*)\Z', line)
        assert match, output
        name, number, kind, message = match.groups()
        if kind == 'error':
            reports.append((name, int(number), message))
    return reports


def pyright_reports(folder, mode, **settings):
    """Return what pyright reports of the programs in a folder: a list of (file, line, message).

    :param mode: its typeCheckingMode.
    :param settings: others of its settings.
    """
    require_checker('pyright')
    with io.open(str(folder.join('pyrightconfig.json')), 'w') as file:
        file.write(json.dumps(dict(settings, typeCheckingMode=mode, extraPaths=[ROOT])))
    output = run_checker(
        ['pyright', '--project', '.', '--pythonpath', sys.executable, '--outputjson'], folder)
    found = json.loads(output)
    assert found['summary']['filesAnalyzed'] >= len(programs_in(folder)), output
    return [(os.path.basename(report['file']), report['range']['start']['line'] + 1, report['message'])
            for report in found['generalDiagnostics']]


def programs_in(folder):
    return sorted(name for name in os.listdir(str(folder)) if name.endswith('.py'))


def pages_with_examples():
    """Return the pages of the documentation with Python blocks, as paths that are relative to the root."""
    pages = ['README.md']
    for folder, _, files in os.walk(os.path.join(ROOT, 'docs')):
        pages += [os.path.relpath(os.path.join(folder, name), ROOT) for name in files if name.endswith('.md')]
    return sorted(page for page in set(pages).difference(ABOUT_MISTAKES) if examples_of(page).strip())


def examples_of(page):
    """Return the examples of a page as one program, each on the same lines as in the page.

    Blocks of python3 are not run by the tests of the pages, which Python 2.7 runs too.
    """
    with io.open(os.path.join(ROOT, page), encoding='utf-8') as file:
        text = file.read()
    lines = []
    for match in re.finditer(r'(?ms)^```python3?\n(?P<block>.*?)^```$', text):
        number = text.count(u'\n', 0, match.start('block'))
        lines += [u''] * (number - len(lines)) + match.group('block').splitlines()
    return u'\n'.join(lines) + u'\n'
