"""The version of this package."""

version = '1.11.0'
version_info = tuple(int(number) for number in version.split('.'))
