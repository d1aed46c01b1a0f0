"""What mypy, pyright and stubtest report."""

import io
import json
import os
import re
import shutil
import sys

import pytest

from tests.stubs.checkers import (
    KNOWN_BETTER, MYPY, PAGES, ROOT, STRICT, examples_of, mypy_reports, pages_with_examples, pyright_reports,
    require_checker, run_checker)

pytestmark = pytest.mark.skipif(sys.version_info < (3, 8), reason='the type checkers take newer Pythons')

HERE = os.path.dirname(os.path.abspath(__file__))
# Names that pages do not define, as their readers have them.
NAMES = ('worker_id',)
# Modules that users import and that have annotations of their own.
ANNOTATED = 'docker.responses'


@pytest.fixture
def folder(tmpdir):
    """A folder with the programs that are checked."""
    for name in ('forms.py', 'mistakes.py', 'overloads.py'):
        shutil.copy(os.path.join(HERE, name), str(tmpdir))
    return tmpdir


@pytest.fixture
def pages(tmpdir):
    """A folder with the examples of each page as a program."""
    for page in pages_with_examples():
        text = examples_of(page)
        # No page begins with an example.
        assert text.startswith(u'\n')
        text = u'; '.join(u'{0} = input()'.format(name) for name in NAMES if name in text) + text
        name = re.sub(r'\W', '_', page[:-3]) + '.py'
        with io.open(str(tmpdir.join(name)), 'w', encoding='utf-8') as program:
            program.write(text)
    return tmpdir


def marked_lines():
    with io.open(os.path.join(HERE, 'mistakes.py'), encoding='utf-8') as file:
        return [number for number, line in enumerate(file, 1) if u'  # error: ' in line]


def assert_mistakes_alone(reports):
    assert shown(report for report in reports if report[0] != 'mistakes.py') == ''
    with io.open(os.path.join(HERE, 'mistakes.py'), encoding='utf-8') as file:
        lines = file.read().splitlines()
    reported = {number for _, number, _ in reports}
    assert [lines[number - 1] for number in marked_lines() if number not in reported] == []
    assert shown(report for report in reports if report[1] not in marked_lines()) == ''


def test_there_are_mistakes():
    assert len(marked_lines()) > 80


def test_mypy_reports_the_mistakes_and_nothing_else(folder):
    assert_mistakes_alone(mypy_reports(folder, STRICT))


def test_pyright_reports_the_mistakes_and_nothing_else(folder):
    assert_mistakes_alone(pyright_reports(folder, 'strict'))


def test_mypy_reports_nothing_of_the_examples(pages):
    reports = mypy_reports(pages, PAGES)
    assert shown(report for report in reports if not re.search(KNOWN_BETTER, report[2])) == ''


def test_pyright_reports_nothing_of_the_examples(pages):
    reports = pyright_reports(
        pages, 'standard', reportOptionalSubscript=False, reportOptionalMemberAccess=False,
        reportMissingImports=False, reportMissingModuleSource=False)
    assert shown(report for report in reports if not re.search(KNOWN_BETTER, report[2])) == ''


def shown(reports):
    return '\n'.join('{0}:{1}: {2}'.format(*report) for report in reports)


def test_the_types_are_those_of_the_code():
    require_checker('mypy')
    output = run_checker(['mypy.stubtest', 'docker', '--concise', '--allowlist',
                          os.path.join(HERE, 'stubtest-allowlist'), '--mypy-config-file',
                          os.path.join(HERE, 'stubtest.ini')], ROOT)
    # A module without a stub is compared with itself, and differs in what mypy makes up.
    assert [line for line in output.splitlines() if is_typed(line.split()[0])] == []


def test_mypy_reports_nothing_of_the_stubs():
    require_checker('mypy')
    stubs = [os.path.relpath(os.path.join(folder, name), ROOT)
             for folder, _, files in os.walk(os.path.join(ROOT, 'docker')) for name in files
             if name.endswith('.pyi')]
    assert run_checker(MYPY + ['--strict', '--cache-dir', os.devnull] + stubs, ROOT) == ''


def test_no_type_of_a_public_name_is_unknown():
    require_checker('pyright')
    output = run_checker(['pyright', '--pythonpath', sys.executable, '--verifytypes', 'docker',
                          '--ignoreexternal', '--outputjson'], ROOT)
    symbols = [symbol for symbol in json.loads(output)['typeCompleteness']['symbols']
               if symbol['isExported'] and is_typed(symbol['name'])]
    assert len(symbols) > 400
    assert [symbol['name'] for symbol in symbols
            if not symbol['isTypeKnown'] or symbol['isTypeAmbiguous']] == []


def is_typed(name):
    """Whether a name is one of a module with a stub, or of one with annotations."""
    if (name + '.').startswith(ANNOTATED + '.'):
        return True
    words = name.split('.')
    for count in range(len(words), 0, -1):
        path = os.path.join(ROOT, *words[:count])
        module = os.path.join(path, '__init__') if os.path.isdir(path) else path
        if os.path.exists(module + '.py') or os.path.exists(module + '.pyi'):
            return os.path.exists(module + '.pyi')
    return False
