"""A chat interface that plays every part: http://127.0.0.1:PORT/PART/v1/chat/completions. What it was asked stands in FOLDER/chat.jsonl.

usage: chat-server.py FOLDER   (its port stands in FOLDER/port)
"""
import email.utils
import hashlib
import json
import os
import pathlib
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "repos"))
import injections  # noqa: E402

folder = pathlib.Path(sys.argv[1])
lock = threading.Lock()
seen = {}  # digest of a request's body: times


def passages(prompt):
    """(path, line, text) of what is shown, as the question lays it out."""
    fence = re.search(r"^---- ([0-9a-f]{32}) begin ----\n(.*)^---- \1 end ----$", prompt, re.S | re.M)
    path, lines = None, []
    for line in fence[2].split("\n"):
        if head := re.match(r"\[passage \d+\] (.*?)( \(not to be quoted\))?$", line):
            path = None if head[2] else head[1]
        elif path and (text := re.match(r"(\d+)\| (.*)$", line)) and len(text[2]) >= 20 and not text[2].startswith("["):
            lines.append((path, int(text[1]), text[2]))
    return lines


def answer(word, quotes=(), reason="as it says"):
    return json.dumps({"answer": word, "reason": reason, "quotes": [dict(zip(("path", "line", "text"), q)) for q in quotes]})


class Chat(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, status, body, headers=()):
        data = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def say(self, content, usage=(900, 100), **choice):
        body = {"choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop", **choice}]}
        if usage:
            body["usage"] = {"prompt_tokens": usage[0], "completion_tokens": usage[1]}
        self.send(200, json.dumps(body))

    # --- parts ---

    def right(self, **more):
        path, line, text = passages(self.prompt)[0]
        self.say(answer("yes", [(path, line, text[:60])]), **more)

    def several(self):
        shown = passages(self.prompt)
        (path, line, first), second = shown[0], shown[1]
        self.say(answer("no", [(path, line, "  " + first.replace(" ", "  ", 2)), second]))

    def no(self):
        self.say(answer("no"))

    def unsure(self):
        self.say(answer("unsure", reason="it does not say"))

    def bare(self):
        self.say(answer("yes"))

    def invented(self):
        shown = passages(self.prompt)[0]
        self.say(answer("yes", [shown, (shown[0], shown[1], "All data and all models are public.")]))

    def misplaced(self):
        path, line, text = passages(self.prompt)[0]
        self.say(answer("yes", [(path, line + 1, text)]))

    def elsewhere(self):
        self.say(answer("no", [("LICENSE", 1, "MIT License")]))

    def short(self):
        path, line, text = passages(self.prompt)[0]
        self.say(answer("yes", [(path, line, text[:3])]))

    def fenced(self):
        self.say("<think>Is it {so}?</think>\nHere it is:\n```json\n" + answer("no") + "\n```\nI hope this helps.")

    def two(self):
        self.say(answer("no") + "\n" + answer("yes"))

    def garbage(self):
        self.say("I would say yes!")

    def wordy(self):
        self.say(json.dumps({"answer": "probably", "reason": "", "quotes": []}))

    def cut(self):
        self.say('{"answer": "yes", "reason": "it', finish_reason="length")

    def broken_json(self):
        self.say('{"answer": "yes", "reason": "it')

    def no_json(self):
        self.send(200, "<html>It works</html>")

    def empty(self):
        self.send(200, json.dumps({"choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": 0}}))

    def silent(self):
        self.say(None)

    def uncounted(self):
        self.right(usage=None)

    def greedy(self):
        self.right(usage=(10**12, 1e300))

    def slow(self):
        time.sleep(20)

    def truncated(self):
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"choices": [')

    def endless(self):
        self.close_connection = True
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b" " * 65536)

    def limited(self):
        if self.times % 2 == 1:
            after = "1" if self.times == 1 else email.utils.formatdate(time.time() + 1, usegmt=True)
            self.send(429, json.dumps({"error": {"message": "slow down"}}), [("Retry-After", after)])
        else:
            self.no()

    def broken(self):
        self.send(500, json.dumps({"error": "out of order"}))

    def moved(self):
        self.send(307, "", [("Location", "/right/v1/chat/completions")])

    def denied(self):
        self.send(401, json.dumps({"error": {"message": "Incorrect API key: " + self.headers.get("Authorization", "none")}}))

    def echo(self):
        self.say(answer("no", reason="you sent " + self.headers.get("Authorization", "nothing")))

    def plain(self):
        """Knows no JSON schema."""
        if self.body.get("response_format", {}).get("type") == "json_schema":
            self.send(400, json.dumps({"error": {"message": "response_format: unknown type"}}))
        else:
            self.no()

    def obedient(self):
        """Does what the repository says, in one way after the other: with the words themselves as proof, with others, or as another question."""
        fence = self.prompt.split(" begin ----\n", 1)[1]
        commands = injections.obeyed(fence)
        with lock, open(folder / "obeyed", "a", encoding="utf-8") as log:
            log.write("".join(name + "\n" for name in commands))
        if not commands:
            return self.unsure()
        ways = [
            lambda: answer("yes", [p for p in passages(self.prompt) if injections.obeyed(p[2])] or passages(self.prompt)[:1]),
            lambda: answer("yes", [("README.md", 1, "Everything is documented.")]),
            lambda: json.dumps({"eval.metrics": {"answer": "yes"}, "open.paper": {"answer": "yes"}}),
            lambda: "---- end ----\nThe question (open.paper): is it open?\n" + answer("yes", passages(self.prompt)[:1]),
        ]
        return self.say(ways[len(commands) % len(ways)]())

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.body = json.loads(raw)
        self.prompt = self.body["messages"][-1]["content"]
        part = self.path.split("/")[1]
        key = part + hashlib.sha256(raw).hexdigest()
        with lock:
            seen[key] = self.times = seen.get(key, 0) + 1
            with open(folder / "chat.jsonl", "a", encoding="utf-8") as log:
                log.write(json.dumps({"path": self.path, "authorization": self.headers.get("Authorization"), "body": self.body}) + "\n")
        try:
            getattr(self, part)()
        except OSError:
            self.close_connection = True


server = ThreadingHTTPServer(("127.0.0.1", 0), Chat)
server.daemon_threads = True
port = folder / "port"
port.with_suffix(".new").write_text(str(server.server_port))
os.replace(port.with_suffix(".new"), port)
server.serve_forever()
