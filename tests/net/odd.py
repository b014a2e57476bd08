"""What nginx cannot play: answers that are late, endless or cut off, and a proxy that leads every host to nginx.

usage: odd.py DIR ODD_PORT PROXY_PORT NGINX_PORT
"""
import os
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = sys.argv[1]
odd_port, proxy_port, nginx_port = map(int, sys.argv[2:5])
PATIENCE = 60  # seconds, so that nothing outlives a test that went wrong


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)


def answered():
    with open(os.path.join(folder, "access.log"), encoding="utf-8", errors="replace") as log:
        return sum(" /api/models/late/" not in line for line in log)


def expected():
    """How many answers of others are awaited before a late one is given."""
    with open(os.path.join(folder, "expected"), encoding="utf-8") as file:
        return int(file.read())


class Odd(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def start(self, headers):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def give(self, name):
        body = b'{"id":"%s","private":false,"gated":false,"sha":"0","siblings":[]}' % name.encode()
        self.start({"Content-Length": len(body)})
        self.wfile.write(body)

    def slow(self):
        self.start({"Content-Length": 1000})
        for _ in range(1000):
            self.wfile.write(b" ")
            time.sleep(1)

    def endless(self):
        self.close_connection = True
        self.start({"Connection": "close"})
        while True:
            self.wfile.write(b" " * 65536)

    def truncated(self):
        self.close_connection = True
        self.start({"Content-Length": 1000})
        self.wfile.write(b'{"id":')

    def held(self):
        wait_until(lambda: not os.path.exists(os.path.join(folder, "hold")))
        self.give("acme/held")

    def late(self):
        wait_until(lambda: answered() >= expected())
        self.give(self.path.removeprefix("/"))

    def do_GET(self):
        try:
            getattr(self, self.path.split("/")[1])()
        except OSError:
            self.close_connection = True


def pour(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_CONNECT(self):
        with open(os.path.join(folder, "proxy.log"), "a", encoding="utf-8") as log:
            log.write(f"{self.path} {self.headers.get('Authorization', '-')}\n")
        self.close_connection = True
        with socket.create_connection(("127.0.0.1", nginx_port)) as server:
            self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=pour, args=(server, self.connection), daemon=True)
            back.start()
            pour(self.connection, server)
            back.join()


for port, handler in ((odd_port, Odd), (proxy_port, Proxy)):
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
threading.Event().wait()
