import io
import os
import re

from setuptools import find_packages, setup

# The project has no public address yet. This one is reserved (RFC 2606), so that it leads to nobody else.
REPOSITORY = 'https://docker-py.example/docker-py'
HERE = os.path.dirname(os.path.abspath(__file__))


def read(*path):
    with io.open(os.path.join(HERE, *path), encoding='utf-8') as file:
        return file.read()


def readme():
    """Return the README for the package index, where its links to other files lead to the repository."""
    return re.sub(r'\]\((?![a-z]+:|#)', '](' + REPOSITORY + '/blob/main/', read('README.md'))


setup(
    name='docker-py',
    # Read, not imported: the package needs requests, which may not be there yet.
    version=re.search(r"version = '(.*)'", read('docker', 'version.py')).group(1),
    description='The classic synchronous Python client for the Docker Engine',
    author='The docker-py contributors',
    url=REPOSITORY,
    project_urls={
        'Documentation': REPOSITORY + '/blob/main/README.md',
        'Source': REPOSITORY,
        'Changelog': REPOSITORY + '/blob/main/CHANGELOG.md',
    },
    keywords='docker podman container engine remote api client',
    long_description=readme(),
    long_description_content_type='text/markdown',
    license='Apache-2.0',
    license_files=['LICENSE'],
    packages=find_packages(include=['docker', 'docker.*']),
    # The types of all public names, for editors and type checkers.
    package_data={'': ['py.typed', '*.pyi']},
    install_requires=['requests>=2.20', 'six>=1.13'],
    # Without it, docker.progress draws by itself, as it does on Python 2.7.
    extras_require={
        # The last release of h2 for Python 2.7 is 3.2.
        'buildkit': ['h2>=3.2'],
        'progress': ['rich>=12; python_version >= "3.6"']},
    python_requires='>=2.7, !=3.0.*, !=3.1.*, !=3.2.*, !=3.3.*, !=3.4.*, !=3.5.*',
    zip_safe=False,
    classifiers=[
        'Development Status :: 4 - Beta',
        'Intended Audience :: Developers',
        'Intended Audience :: System Administrators',
        'License :: OSI Approved :: Apache Software License',
        'Operating System :: POSIX',
        'Programming Language :: Python',
        'Programming Language :: Python :: 2',
        'Programming Language :: Python :: 2.7',
        'Programming Language :: Python :: 3',
        'Programming Language :: Python :: 3.6',
        'Programming Language :: Python :: 3.7',
        'Programming Language :: Python :: 3.8',
        'Programming Language :: Python :: 3.9',
        'Programming Language :: Python :: 3.10',
        'Programming Language :: Python :: 3.11',
        'Programming Language :: Python :: 3.12',
        'Programming Language :: Python :: 3.13',
        'Programming Language :: Python :: Implementation :: CPython',
        'Topic :: Software Development :: Libraries :: Python Modules',
        'Topic :: System :: Systems Administration',
        'Typing :: Typed',
    ],
)
