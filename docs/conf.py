"""Sphinx builds the documentation from these pages and the docstrings: tox -e docs"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.dirname(HERE), HERE]

import docker       # noqa: E402

project = 'docker-py'
author = 'The docker-py contributors'
copyright = author
version = release = docker.version

extensions = ['myst_parser', 'sphinx.ext.autodoc', 'generated']
exclude_patterns = ['_build']
# A name in single backticks is code, and a link if the reference has it. What is not of this package, such as
# the name of an argument, need not be there.
default_role = 'py:obj'
nitpicky = True
nitpick_ignore_regex = [('py:.*', r'(?!docker\.).*'), ('py:class', r'docker\..*\._\w+')]
add_module_names = False
toc_object_entries_show_parents = 'hide'
autodoc_member_order = 'bysource'
myst_heading_anchors = 4

# Quotes stay as they are typed; two hyphens are a dash.
smartquotes_action = 'D'

html_theme = 'furo'
html_title = 'docker-py ' + release
html_show_sourcelink = False
html_copy_source = False
# The search finds the same.
html_use_index = False

# The project has no public address yet. Other links are checked where the outside can be reached, with
# LINKCHECK=all in the environment.
linkcheck_ignore = [r'https?://([\w.-]+\.)?docker-py\.example/.*']
if os.environ.get('LINKCHECK') != 'all':
    linkcheck_ignore.append('https?://.*')
