# Servers for the network checks: `network_start DIR` makes certificates and starts them, `network_stop` ends what it started. Sets HUB, STRANGER, PLAIN,
# ODD and PROXY (ports), HF_ENDPOINT and CURL_CA_BUNDLE; what was asked stands in DIR/access.log and DIR/proxy.log.
network_here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

network_certificates () { # DIR
  local quiet=(-batch -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2)
  {
    openssl req -x509 "${quiet[@]}" -subj '/CN=Test authority' -keyout "$1/ca.key" -out "$1/ca.pem"
    openssl req "${quiet[@]}" -subj '/CN=server' -keyout "$1/server.key" -out "$1/server.csr"
    openssl x509 -req -in "$1/server.csr" -CA "$1/ca.pem" -CAkey "$1/ca.key" -CAcreateserial -days 2 -out "$1/server.pem" -extfile <(
      echo 'subjectAltName=IP:127.0.0.1,DNS:localhost,DNS:github.com,DNS:api.github.com,DNS:arxiv.org,DNS:zenodo.org')
    openssl req -x509 "${quiet[@]}" -subj '/CN=stranger' -addext 'subjectAltName=IP:127.0.0.1' -keyout "$1/stranger.key" -out "$1/stranger.pem"
  } 2>/dev/null
}

network_start () { # DIR
  local dir=$1 name line i
  mkdir -p "$dir"
  read -r HUB STRANGER PLAIN ODD PROXY < <(python3 -c '
import socket
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(5)]
print(*(s.getsockname()[1] for s in held))')
  network_certificates "$dir"
  line=$(<"$network_here/nginx.conf")
  for name in HUB STRANGER PLAIN ODD; do line=${line//@$name@/${!name}}; done
  line=${line//@DIR@/$dir}
  echo "${line//@ANSWERS@/$network_here/answers}" >"$dir/nginx.conf"
  : >"$dir/access.log"
  : >"$dir/proxy.log"
  echo 0 >"$dir/expected"
  # Without the descriptors of bats, which would wait for them, and not for ever should bats be killed.
  timeout 900 nginx -e "$dir/error.log" -c "$dir/nginx.conf" </dev/null >/dev/null 2>&1 3>&- 4>&- &
  NETWORK_PIDS=$!
  timeout 900 python3 "$network_here/odd.py" "$dir" "$ODD" "$PROXY" "$HUB" </dev/null >"$dir/odd.log" 2>&1 3>&- 4>&- &
  NETWORK_PIDS+=" $!"
  for i in "$HUB" "$ODD" "$PROXY"; do network_await "$i" || return 1; done
  NETWORK_DIR=$dir
  export HUB STRANGER PLAIN ODD PROXY NETWORK_PIDS NETWORK_DIR HF_ENDPOINT=https://127.0.0.1:$HUB CURL_CA_BUNDLE=$dir/ca.pem
}

network_await () { # PORT
  local i
  for i in {1..200}; do
    (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    sleep 0.05
  done
  echo "nobody listens on port $1" >&2
  return 1
}

network_stop () {
  local pid
  for pid in ${NETWORK_PIDS:-}; do
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
}
# Each case starts with nothing asked and nothing kept.
network_forget () {
  : >"$NETWORK_DIR/access.log"
  : >"$NETWORK_DIR/proxy.log"
}
# How often something that matches was asked.
asked () { # REGEX
  grep -cE -- "$1" "$NETWORK_DIR/access.log" || true
}
