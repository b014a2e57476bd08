# What a hostile command tries, each attempt twice: in the sandbox, where it must fail, and plainly in a throw-away folder, where it must succeed. So every
# case fails when the sandbox is taken away. Commands write what they found to "found", which --keep hands out.
load hostile

setup () {
  scratch=$(mktemp -d /var/tmp/candor-hostile-XXXXXX) # the bats folder is not one that the sandbox's user can pass through
  chmod 711 "$scratch"
  kept=$BATS_TEST_TMPDIR/kept
  outside=$BATS_TEST_TMPDIR/outside
  plain=$BATS_TEST_TMPDIR/plain
  mkdir "$outside" "$plain"
  own_cache
  git init -q -b main "$repo"
}
teardown () {
  [[ -z ${host:-} ]] || kill -9 "$host" 2>/dev/null || true
  chmod -R u+rwx "$scratch" 2>/dev/null || true
  rm -rf "$scratch"
}

manifest () { # further lines on standard input
  printf 'candor: 1\nwork: {title: Hostile}\nstages:\n  - {name: attack, kind: other, command: sh attack.sh}\n' >"$repo/replication.yaml"
  cat >>"$repo/replication.yaml"
}
# attack.sh is what stands on standard input.
attack () {
  cat >"$repo/attack.sh"
  [[ -f $repo/replication.yaml ]] || manifest </dev/null
  git -C "$repo" add -A
  git -C "$repo" commit -q -m attack
}
in_sandbox () { # OPTION…
  rm -rf "$kept"
  bounded reproduce --run --quiet --fresh --scratch "$scratch" --keep "$kept" --time 20s "$@" "$repo"
  [[ -z $(ls -A "$scratch") ]] || explain_failure "left in the scratch folder: $(ls -A "$scratch")"
}
plainly () {
  cp -R "$repo/." "$plain"
  (cd "$plain" && sh attack.sh) || true
}
found () { # what the attempt found in the sandbox
  cat "$kept/repeat-1/found"
}
found_plainly () {
  cat "$plain/found"
}
over () { # LIMIT: the attempt was ended by it
  exits 1
  says "over the limit of $1"
}

# A process of that command line is there, or comes: what is left in the background starts when it is let.
appears () { # PATTERN
  local try
  for ((try = 0; try < 100; try++)); do
    if pgrep -f "$1" >/dev/null; then return 0; fi
    sleep 0.1
  done
  return 1
}

@test "the user's home, other files and the environment of whoever starts it" {
  echo canary-secret >"$HOME/candor-hostile-secret"
  echo canary-secret >"$outside/file"
  attack <<END
{ cat "$HOME/candor-hostile-secret" "$outside/file" "$repo/.git/HEAD"; ls /root "$BATS_TEST_TMPDIR"; cat /proc/*/environ | tr '\0' '\n'; } >found 2>/dev/null
END
  export CANARY_TOKEN=canary-token
  in_sandbox
  exits 0
  found | never grep -aE 'canary|refs/heads|plain'
  plainly
  [[ $(found_plainly | grep -ac canary-secret) -ge 2 ]]
  found_plainly | grep -aq canary-token
  found_plainly | grep -aq refs/heads
  rm "$HOME/candor-hostile-secret"
}

@test "only the stated environment" {
  echo 'env | cut -d= -f1 | LC_ALL=C sort | tr "\n" " " >found' | attack
  export CANARY_TOKEN=canary-token
  in_sandbox
  exits 0
  [[ $(found) == 'CANDOR_SEED HOME LANG LC_ALL LOGNAME PATH PWD PYTHONDONTWRITEBYTECODE PYTHONHASHSEED SOURCE_DATE_EPOCH TMPDIR TZ USER ' ]]
  plainly
  found_plainly | grep -q CANARY_TOKEN
}

@test "the system's files and devices" {
  echo 'cat /etc/shadow /etc/passwd /etc/hostname >found 2>/dev/null; ls /dev /sys >>found 2>/dev/null; hostname >>found; true' | attack
  in_sandbox
  exits 0
  found | never grep -E 'root:|^(kmsg|mem|vda|sda|kvm|fuse|loop0|devices)$'
  [[ $(found | tail -n 1) == candor ]]
  plainly
  found_plainly | grep -q root:
  found_plainly | grep -q devices
}

# A host that listens on TCP, on a socket in the file system and on an abstract one, and says so in "ready".
listen () {
  cat >"$BATS_TEST_TMPDIR/listen.py" <<'END'
import os, select, socket, sys
folder = sys.argv[1]
tcp = socket.socket(); tcp.bind(("127.0.0.1", 0)); tcp.listen()
file = socket.socket(socket.AF_UNIX); file.bind(folder + "/socket"); os.chmod(folder + "/socket", 0o777); file.listen()
name = socket.socket(socket.AF_UNIX); name.bind("\0candor-hostile-%d" % os.getpid()); name.listen()
with open(folder + "/ready.new", "w") as ready: ready.write("%d %d\n" % (tcp.getsockname()[1], os.getpid()))
os.rename(folder + "/ready.new", folder + "/ready")
while True:
    for server in select.select([tcp, file, name], [], [])[0]:
        connection, _ = server.accept(); connection.sendall(b"canary-reply"); connection.close()
END
  python3 "$BATS_TEST_TMPDIR/listen.py" "$outside" >/dev/null 2>&1 3>&- &
  host=$!
  for _ in $(seq 100); do [[ ! -f $outside/ready ]] || break; sleep 0.05; done
  read -r port pid <"$outside/ready"
}

@test "the network, sockets of the file system and abstract ones" {
  listen
  cat >"$repo/connect.py" <<END
import socket
for kind, address in [(socket.AF_INET, ("127.0.0.1", $port)), (socket.AF_UNIX, "$outside/socket"), (socket.AF_UNIX, "\0candor-hostile-$pid")]:
    try:
        s = socket.socket(kind); s.settimeout(3); s.connect(address); print(s.recv(100))
    except OSError as problem:
        print("no", problem.errno)
END
  echo 'python3 connect.py >found' | attack
  in_sandbox
  exits 0
  [[ $(found | grep -c '^no ') -eq 3 ]]
  plainly
  [[ $(found_plainly | grep -c canary-reply) -eq 3 ]]
}

@test "the network is there when it is asked for, and the report says so" {
  listen
  echo "python3 -c 'import socket; s = socket.create_connection((\"127.0.0.1\", $port)); print(s.recv(100))' >found 2>&1" | attack
  in_sandbox --network
  says 'WITH NETWORK'
  found | grep -q canary-reply
  in_sandbox
  says 'without network'
  exits 1
}

@test "sockets that no namespace divides" {
  python3 -c 'import socket; socket.socket(40, socket.SOCK_STREAM)' || skip 'no vsock here'
  echo 'python3 -c "import socket; socket.socket(40, socket.SOCK_STREAM)" >found 2>&1 && echo made >>found' | attack
  in_sandbox
  exits 1
  plainly
  [[ $(found_plainly) == made ]]
}

@test "the host's processes: seen, read, traced, killed" {
  bash -c 'exec -a canary-process sleep 600' >/dev/null 2>&1 3>&- &
  host=$!
  cat >"$repo/trace.py" <<END
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print("traced" if libc.ptrace(16, $host, None, None) == 0 else "untraced")
libc.ptrace(17, $host, None, None)
END
  attack <<END
cat /proc/*/cmdline 2>/dev/null | tr '\0' '\n' >found
python3 trace.py >>found
kill -9 $host 2>/dev/null && echo killed >>found
kill -9 -1 2>/dev/null
true
END
  sed -i '/kill -9 -1/d' "$repo/attack.sh" # the sandbox's own processes are no loss; plainly it would be everybody's
  git -C "$repo" commit -qam less
  in_sandbox
  exits 0
  found | never grep -aE '^(canary-process|traced|killed)$'
  kill -0 "$host"
  plainly
  found_plainly | grep -aq '^canary-process$'
  found_plainly | grep -aq '^killed$'
  never kill -0 "$host"
}

@test "a failure told as a success through descriptors left open" {
  attack <<'END'
python3 -c '
import os
for fd in range (50, 100):
    try: os.write (fd, b"{ \"exit-code\": 0 }\n")
    except OSError: pass
'
exit 3
END
  in_sandbox
  exits 1
  says 'stage attack: failed: exit status 3'
  plainly 61>"$outside/status" >/dev/null
  grep -q exit-code "$outside/status"
}

@test "a job that kills all that it can kills itself alone" {
  bash -c 'exec -a canary-process sleep 600' >/dev/null 2>&1 3>&- &
  host=$!
  echo 'echo alive >found; kill -9 -1; kill -9 1' | attack
  in_sandbox
  kill -0 "$host"
}

@test "outliving its time, deaf to signals" {
  attack <<'END'
trap '' TERM INT HUP
(setsid sh -c 'trap "" TERM; exec sleep 61.25' &)
(setsid sh -c 'sleep 61.25 & wait' &)
sleep 61.25
END
  in_sandbox --time 1s
  over 'time (1 s)'
  never pgrep -f '^sleep 61[.]25$'
  sed -i 's/^sleep.*//' "$repo/attack.sh"
  plainly >/dev/null 2>&1 3>&-
  appears '^sleep 61[.]25$'
  for left in $(pgrep -f '^sleep 61[.]25$'); do kill -9 "$left"; done
}

@test "a daemon left behind by a job that succeeds" {
  attack <<'END'
(setsid sh -c 'exec sleep 62.25 >/dev/null 2>&1 </dev/null' &)
echo started >found
END
  in_sandbox
  exits 0
  [[ $(found) == started ]]
  never pgrep -f '^sleep 62[.]25$'
  plainly 3>&-
  appears '^sleep 62[.]25$'
  for left in $(pgrep -f '^sleep 62[.]25$'); do kill -9 "$left"; done
}

@test "nothing goes on when candor itself is killed" {
  echo 'exec sleep 63.25' | attack
  "$CANDOR" reproduce --run --quiet --scratch "$scratch" "$repo" >/dev/null 2>&1 3>&- &
  local candor=$!
  for _ in $(seq 200); do ! pgrep -f '^sleep 63[.]25$' >/dev/null || break; sleep 0.05; done
  pgrep -f '^sleep 63[.]25$'
  kill -9 "$candor"
  for _ in $(seq 100); do pgrep -f '^sleep 63[.]25$' >/dev/null || break; sleep 0.05; done
  never pgrep -f '^sleep 63[.]25$'
}

@test "one file over the limit on disk" {
  echo 'dd if=/dev/zero of=big bs=1M count=60 2>/dev/null && echo written >found' | attack
  in_sandbox --disk 20M
  says 'over the limit of' # of file size or of disk, whichever is seen first
  plainly
  [[ $(found_plainly) == written ]]
}

@test "many small files over the limit on disk" {
  echo 'python3 -c "
for i in range (60):
    open (\"f%d\" % i, \"wb\").write (b\"x\" * (1 << 20))
" && echo written >found' | attack
  in_sandbox --disk 20M
  over disk
  plainly
  [[ $(found_plainly) == written ]]
}

@test "empty files without number" {
  echo 'python3 -c "
for i in range (2000):
    open (\"f%d\" % i, \"w\")
" && echo written >found' | attack
  in_sandbox --disk 5M
  over disk
  plainly
  [[ $(found_plainly) == written ]]
}

@test "files on disk that have no name any more" {
  echo 'python3 -c "
import os, time
held = []
for i in range (6):
    held.append (open (\"f\", \"wb\")); held[-1].write (b\"x\" * (10 << 20)); held[-1].flush (); os.unlink (\"f\")
time.sleep (3)
" && echo written >found' | attack
  in_sandbox --disk 20M
  over disk
  plainly
  [[ $(found_plainly) == written ]]
}

@test "memory taken as files of /tmp, home and /dev/shm" {
  attack <<'END'
for place in /tmp /dev/shm "$HOME"; do
  head -c 40000000 /dev/zero >"$place/canary-big" 2>/dev/null && echo written >>found
  rm -f "$place/canary-big"
done
touch /canary /dev/canary && echo root >>found
true
END
  in_sandbox --disk 64M
  exits 0
  [[ ! -e $kept/repeat-1/found ]]
  plainly
  grep -q written "$plain/found"
  rm -f /canary /dev/canary
}

@test "processes without end" {
  cat >"$repo/fork.py" <<'END'
import os, time
made = 0
try:
    for i in range(200):
        if os.fork() == 0:
            time.sleep(2)
            os._exit(0)
        made += 1
except OSError:
    pass
print(made)
END
  echo 'python3 fork.py >found' | attack
  in_sandbox --processes 40
  exits 0
  [[ $(found) -lt 40 ]]
  plainly
  [[ $(found_plainly) -eq 200 ]]
}

hog () { # four processes of 60 MB each
  cat >"$repo/hog.py" <<'END'
import os, time
children = []
for i in range(4):
    child = os.fork()
    if child == 0:
        taken = bytearray(60 << 20)
        for place in range(0, len(taken), 4096):
            taken[place] = 1
        time.sleep(1.5)
        os._exit(0)
    children.append(child)
if all([os.waitpid(child, 0)[1] == 0 for child in children]):
    print("taken")
END
  echo 'python3 hog.py >found' | attack
}

@test "memory of all processes together" {
  hog
  in_sandbox --memory 100M
  over memory
  plainly
  [[ $(found_plainly) == taken ]]
}

@test "limits are kept where there are no control groups" {
  hog
  unshare -m true || skip 'mounts cannot be changed here'
  cat >"$BATS_TEST_TMPDIR/bare" <<END
#!/bin/sh
exec unshare -m sh -c 'mount -t tmpfs none /sys/fs/cgroup; exec "\$0" "\$@"' "$CANDOR" "\$@"
END
  chmod +x "$BATS_TEST_TMPDIR/bare"
  CANDOR=$BATS_TEST_TMPDIR/bare
  in_sandbox --memory 100M
  over memory
  echo 'python3 -c "import os; [os.fork () or os._exit (__import__ (\"time\").sleep (1) or 0) for i in range (200)]" 2>/dev/null || echo refused >found' | attack
  in_sandbox --processes 40
  exits 0
  [[ $(found) == refused ]]
}

@test "a flood on standard output" {
  echo 'head -c 80000000 /dev/zero && echo written >found' | attack
  in_sandbox
  over output
  plainly >/dev/null
  [[ $(found_plainly) == written ]]
}

@test "writing outside of its folder" {
  attack <<END
touch "$outside/pwned" "$repo/pwned" "$XDG_CACHE_HOME/candor/pwned" "$HOME/canary-pwned" ../pwned 2>/dev/null
touch /etc/candor-hostile /usr/candor-hostile /opt/candor-hostile /bin/candor-hostile 2>/dev/null
true
END
  in_sandbox
  exits 0
  [[ ! -e $outside/pwned && ! -e $repo/pwned && ! -e $XDG_CACHE_HOME/candor/pwned && ! -e $HOME/canary-pwned && ! -e $scratch/pwned ]]
  [[ ! -e /etc/candor-hostile && ! -e /usr/candor-hostile && ! -e /opt/candor-hostile && ! -e /bin/candor-hostile ]]
  sed -i '/candor-hostile/d' "$repo/attack.sh"
  plainly
  [[ -e $outside/pwned && -e $repo/pwned && -e $HOME/canary-pwned ]]
  rm "$HOME/canary-pwned"
}

@test "changing the repository" {
  attack <<END
mkdir -p .git/hooks "$repo/.git/hooks" 2>/dev/null
echo 'touch "$outside/pwned"' >.git/hooks/post-checkout
echo pwned >"$repo/.git/description" 2>/dev/null
ls -A >found
END
  local before; before=$(cd "$repo/.git" && find . -type f -exec sha256sum {} + | sort | sha256sum)
  in_sandbox
  exits 0
  [[ $(cd "$repo/.git" && find . -type f -exec sha256sum {} + | sort | sha256sum) == "$before" ]]
  [[ ! -e $kept/repeat-1/.git && ! -e $outside/pwned ]]
  plainly
  [[ $(cat "$repo/.git/description") == pwned ]]
}

@test "links among what it makes are not followed" {
  echo '{"canary": "secret"}' >"$outside/secret.json"
  manifest <<'END'
evaluations:
  - {benchmark: B, metric: accuracy, command: sh attack.sh, results: results.json, predictions: folder/predictions.jsonl}
END
  attack <<END
ln -s "$outside/secret.json" results.json
ln -s "$outside" folder
ln -s ../../../../../.. up
ln -s . here
ln -s here/../../etc climbing
END
  in_sandbox
  exits 0
  says 'left behind: results.json (symbolic link that leaves the folder)'
  says 'left behind: up (symbolic link that leaves the folder)'
  says 'left behind: climbing (symbolic link that leaves the folder)'
  says 'nothing: it made no results.json and no folder/predictions.jsonl'
  [[ $(cd "$kept/repeat-1" && ls) == here ]]
  never grep -rq canary "$kept" "$XDG_CACHE_HOME/candor/runs"
  plainly
  grep -q canary "$plain/results.json"
}

@test "pipes, sockets and folders in the place of files" {
  manifest <<'END'
evaluations:
  - {benchmark: B, metric: accuracy, command: sh attack.sh, results: results.json, predictions: predictions.jsonl}
END
  attack <<'END'
mkfifo results.json
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("predictions.jsonl")'
mknod device c 1 3 2>/dev/null
true
END
  in_sandbox
  exits 0
  says 'left behind: results.json (no regular file)'
  says 'left behind: predictions.jsonl (no regular file)'
  [[ -z $(find "$kept" -not -type f -not -type d) ]]
  plainly
  [[ -p $plain/results.json && -S $plain/predictions.jsonl ]]
}

@test "a folder that nobody may enter" {
  echo 'mkdir closed && cd closed && head -c 60000000 /dev/zero >big && chmod 0 . && sleep 2 && echo kept >../found' | attack
  in_sandbox --disk 20M
  says 'over the limit of' # of disk: what cannot be looked into could hide anything; or of file size
  plainly
  [[ $(found_plainly) == kept ]]
  chmod 700 "$plain/closed"
}

@test "folders deeper than any path" {
  echo 'python3 -c "
import os
for i in range (1000):
    os.mkdir (\"d\"); os.chdir (\"d\")
" && echo made >found' | attack
  in_sandbox
  [[ $status -eq 1 ]]
  says disk
  plainly
  [[ $(found_plainly) == made ]]
}

@test "paths of the manifest that lead elsewhere" {
  echo '{"canary": 1}' >"$outside/secret.json"
  manifest <<END
evaluations:
  - {benchmark: B, metric: accuracy, command: sh attack.sh, results: "$outside/secret.json", predictions: ../../../../../../..$outside/secret.json}
  - {benchmark: C, metric: accuracy, results: .git/config}
END
  echo 'echo done >found' | attack
  in_sandbox
  exits 0
  lacks canary
  [[ $(says 'C accuracy: nothing' && echo yes) == yes ]]
  [[ -z $(grep -rl canary "$kept" "$XDG_CACHE_HOME/candor/runs") ]]
  grep -q canary "$outside/secret.json"
}

@test "privileges: mounts, namespaces, set-user-id programs, capabilities" {
  attack <<'END'
grep -E '^(CapEff|CapBnd|NoNewPrivs):' /proc/self/status >found
mkdir -p place
mount -t tmpfs none place 2>/dev/null && echo mounted >>found && umount place
unshare -U true 2>/dev/null && echo namespace >>found
cp /bin/sh shell && chmod 4755 shell && chown 0 shell 2>/dev/null && echo owned >>found
rm -f shell
true
END
  in_sandbox
  exits 0
  found | grep -q 'CapEff:.0000000000000000'
  found | grep -q 'CapBnd:.0000000000000000'
  found | grep -q 'NoNewPrivs:.1'
  found | never grep -E 'mounted|namespace|owned'
  plainly
  found_plainly | grep -E 'mounted|namespace|owned'
}

@test "typing on the terminal of whoever starts it" {
  cat >"$repo/type.py" <<'END'
import fcntl, os, termios
try:
    fcntl.ioctl(os.open("/dev/tty", os.O_RDWR), termios.TIOCSTI, b"x")
    print("typed")
except OSError as problem:
    print("no", problem.errno)
END
  echo 'python3 type.py >found' | attack
  python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' "$CANDOR" reproduce --run --quiet --scratch "$scratch" --keep "$kept" "$repo" >/dev/null </dev/null
  found | grep -q '^no '
  cp -R "$repo/." "$plain"
  (cd "$plain" && python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' sh attack.sh >/dev/null </dev/null)
  [[ $(found_plainly) == typed ]] || skip 'this kernel lets nobody type so'
}

@test "keys of the user's session" {
  [[ $(uname -m) == x86_64 ]] || skip 'the numbers of system calls are another here'
  cat >"$repo/keys.py" <<'END'
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print("key" if libc.syscall(248, b"user", b"candor-hostile", b"x", 1, -1) > 0 else "no key")
END
  echo 'python3 keys.py >found' | attack
  in_sandbox
  exits 0
  [[ $(found) == 'no key' ]]
  plainly
  [[ $(found_plainly) == key ]] || skip 'no keys here'
}

@test "an export writes nothing outside of its folder" {
  echo 'find . -not -type d | LC_ALL=C sort >found' | attack
  cd "$repo"
  local blob link tree; blob=$(git rev-parse HEAD:attack.sh)
  link=$(printf %s "$outside" | git hash-object -w --stdin)
  tree=$(printf '100644 blob %s\tpwned\n' "$blob" | git mktree)
  # a link and, below the same name, a folder: whoever follows the one writes outside of the other
  tree=$(printf '120000 blob %s\taway\n120000 blob %s\tgone\n040000 tree %s\tgone\n100644 blob %s\tattack.sh\n100644 blob %s\treplication.yaml\n' \
    "$link" "$link" "$tree" "$blob" "$(git rev-parse HEAD:replication.yaml)" | git mktree)
  git update-ref HEAD "$(git commit-tree -m hostile "$tree")"
  in_sandbox
  exits 0
  [[ -z $(ls -A "$outside") ]]
  says 'Not exported: away (symbolic link that leaves the folder)'
  found | never grep -E 'away|^./gone$'
}

@test "without a sandbox nothing is run" {
  echo "touch '$outside/pwned'; echo done >found" | attack
  mkdir "$BATS_TEST_TMPDIR/bin"
  run --separate-stderr env PATH="$BATS_TEST_TMPDIR/bin" "$CANDOR" reproduce --run --quiet "$repo"
  fails_clearly 4
  complains 'bwrap is not installed'
  run --separate-stderr bwrap --dev-bind / / --unshare-user --disable-userns "$CANDOR" reproduce --run --quiet "$repo"
  fails_clearly 4
  complains 'in a sandbox only'
  [[ ! -e $outside/pwned ]]
}
