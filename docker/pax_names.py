"""Archives of pax whose names are in any encoding, as Python 2.7 reads them.

Its tarfile decodes these names from UTF-8, and fails for others; what a file is called in a container is just
bytes. That of Python 3 keeps what it cannot decode.
"""

import re
import tarfile

import six

# That of the archive too, so that each byte becomes a character and the same byte again.
ENCODING = 'latin-1'
_RECORD = r'(\d+) ([^=]+)='


class TarInfoOfAnyName(tarfile.TarInfo):
    """A member whose extended header is decoded with ENCODING."""

    def _proc_pax(self, archive):
        """Read the extended header, and return the member that it belongs to."""
        is_global = self.type == tarfile.XGLTYPE
        headers = archive.pax_headers if is_global else archive.pax_headers.copy()
        headers.update(_records_in(archive.fileobj.read(self._block(self.size))))
        try:
            member = self.fromtarfile(archive)
        except tarfile.HeaderError:
            six.raise_from(tarfile.SubsequentHeaderError('missing or bad subsequent header'), None)
        if not is_global:
            member._apply_pax_info(headers, ENCODING, 'strict')
            member.offset = self.offset
            if u'size' in headers:
                # The next header is behind as much as that.
                has_data = member.isreg() or member.type not in tarfile.SUPPORTED_TYPES
                archive.offset = member.offset_data + (member._block(member.size) if has_data else 0)
        return member


def _records_in(data):
    """Yield the keywords and values of an extended header as text."""
    position = 0
    match = re.match(_RECORD, data)
    while match:
        length = int(match.group(1))
        if length == 0:
            raise tarfile.InvalidHeaderError('invalid header')
        yield tuple(part.decode(ENCODING) for part in (
            match.group(2), data[match.end():position + length - 1]))
        position += length
        match = re.compile(_RECORD).match(data, position)
