"""Looks at the built pages in Chromium, as on a desktop and a phone: python docs/look.py docs/_build/html

No page may be wider than its window, or load anything from elsewhere, and the search has to find. Without
Chromium it does nothing, and says so.
"""

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
         '--disable-background-networking', '--disable-component-update', '--disable-sync']
SECONDS = 120
WIDTHS = [1280, 390]
# What is searched for, and a page that has to be found.
SEARCHES = {
    'port_bindings': 'calls.html', 'exec_create': 'guide/exec.html', 'credentials': 'guide/credentials.html',
    'exec_run': 'guide/scripts.html'}
# It runs in a page of the same address: each page is shown in a frame, whose width is that of a window.
SCRIPT = r'''
const faults = [];
function show(path, width) {
  return new Promise(resolve => {
    const frame = document.createElement('iframe');
    frame.style.cssText = `width: ${width}px; height: 800px; border: 0`;
    frame.onload = () => resolve(frame);
    frame.src = path;
    document.body.replaceChildren(frame);
  });
}
async function look(path, width) {
  const frame = await show(path, width), root = frame.contentDocument.documentElement;
  if (!frame.contentDocument.querySelector('h1')) faults.push(`${path}: no heading`);
  // What is wide scrolls by itself, as tables and code do; the text around it stays.
  for (const part of [root, ...root.querySelectorAll('body, .content')])
    if (part.scrollWidth > part.clientWidth)
      faults.push(`${path}: ${part.tagName} has ${part.scrollWidth} pixels in a window of ${width}`);
  for (const entry of frame.contentWindow.performance.getEntriesByType('resource'))
    if (!entry.name.startsWith(location.origin)) faults.push(`${path}: loads ${entry.name}`);
}
async function search(term, expected) {
  const frame = await show('search.html?q=' + encodeURIComponent(term), WIDTHS[0]);
  const found = () => [...frame.contentDocument.querySelectorAll('#search-results li a')].map(a => a.href);
  for (let tries = 0; tries < 100 && !found().some(href => href.includes(expected)); tries++)
    await new Promise(resolve => setTimeout(resolve, 100));
  if (!found().some(href => href.includes(expected)))
    faults.push(`a search for ${term} finds ${found().length} pages, and not ${expected}`);
}
async function run() {
  for (const width of WIDTHS) for (const path of PAGES) await look(path, width);
  for (const term in SEARCHES) await search(term, SEARCHES[term]);
}
run().catch(error => faults.push(String(error))).then(
  () => fetch('/faults', {method: 'POST', body: JSON.stringify(faults)}));
'''


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder, and the page that looks at its pages; takes what that finds."""

    page, faults, done = b'', None, threading.Event()

    def do_GET(self):
        if self.path != '/look.html':
            return super().do_GET()
        self.send_response(200)
        self.send_header('Content-Type', 'text/html; charset=utf-8')
        self.end_headers()
        self.wfile.write(self.page)

    def do_POST(self):
        Handler.faults = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        self.send_response(204)
        self.end_headers()
        self.done.set()

    def log_message(self, *args):
        pass


def pages_of(folder):
    found = [os.path.relpath(os.path.join(base, name), folder)
             for base, _, names in os.walk(folder) if '_' not in os.path.basename(base)
             for name in names if name.endswith('.html') and name != 'search.html']
    return sorted(found)


def look(browser, folder):
    """Return the faults of the pages in a folder, a list of text; None if the browser does not finish."""
    pages = pages_of(folder)
    constants = ''.join('const {0} = {1};\n'.format(name, json.dumps(value)) for name, value in (
        ('PAGES', pages), ('WIDTHS', WIDTHS), ('SEARCHES', SEARCHES)))
    Handler.page = '<!doctype html><body><script>{0}{1}</script>'.format(constants, SCRIPT).encode()
    server = http.server.ThreadingHTTPServer(
        ('127.0.0.1', 0), functools.partial(Handler, directory=folder))
    # A page that is left does not take the rest of its files.
    server.handle_error = lambda *args: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    profile = tempfile.mkdtemp()
    process = subprocess.Popen(
        [browser] + FLAGS + ['--user-data-dir=' + profile, '--remote-debugging-port=0',
                             'http://127.0.0.1:{0}/look.html'.format(server.server_port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        Handler.done.wait(SECONDS)
    finally:
        process.terminate()
        process.wait()
        server.shutdown()
        server.server_close()
        shutil.rmtree(profile, ignore_errors=True)
    print('look: {0} pages, at {1} pixels'.format(len(pages), ' and '.join(map(str, WIDTHS))))
    return Handler.faults


def main(folder):
    browser = shutil.which('chromium') or shutil.which('chromium-browser') or shutil.which('google-chrome')
    if not browser:
        print('look: skipped, there is no Chromium')
        return 0
    faults = look(browser, os.path.abspath(folder))
    if faults is None:
        faults = ['the browser did not finish in {0} seconds'.format(SECONDS)]
    for fault in faults:
        print('look: ' + fault)
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
