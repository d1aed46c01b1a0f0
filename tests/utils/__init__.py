"""Tests of docker.utils, a file for each of its modules."""
