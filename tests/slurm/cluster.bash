# A Slurm cluster of two nodes on this one machine, of Debian's own munged, slurmctld and slurmd, with a configuration of its own. As root, for the tests only.

# Three ports beside each other that nobody listens on: a machine may have a cluster already.
cluster_ports () {
  local port next
  for ((port = 26817; port < 27817; port += 3)); do
    for ((next = port; next < port + 3; next++)); do
      if (: <"/dev/tcp/127.0.0.1/$next") 2>/dev/null; then continue 2; fi
    done
    echo "$port"
    return
  done
  echo 'no free ports for the cluster' >&2
  return 1
}

# FOLDER: keys, logs and state; exports SLURM_CONF.
cluster_up () {
  local dir=$1 host memory port
  host=$(hostname -s)
  memory=$(awk '/^MemTotal:/ { print int($2 / 1024 * 0.4) }' /proc/meminfo)
  port=$(cluster_ports)
  mkdir -p "$dir"/{state,spool/n1,spool/n2,log,munge}
  (umask 077 && head -c 1024 /dev/urandom >"$dir/munge/key")
  # While DIR/hold is there, a task on n1 does not begin, and DIR/held tells its process and its guardian.
  printf '#!/bin/sh\n[ "$SLURMD_NODENAME" = n1 ] && [ -e %q/hold ] || exit 0\necho $$ $PPID >%q/held\nexec sleep 600\n' "$dir" "$dir" >"$dir/prolog"
  chmod +x "$dir/prolog"
  cat >"$dir/slurm.conf" <<CONF
ClusterName=candor
SlurmctldHost=localhost
SlurmctldPort=$port
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.%n.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.%n.log
TaskProlog=$dir/prolog
SlurmdTimeout=6
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=sched_interval=1,batch_sched_delay=0
AccountingStorageType=accounting_storage/none
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
KillWait=2
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=$(nproc) RealMemory=$memory State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=$(nproc) RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$dir/slurm.conf
  munged --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/munge/pid" --log-file="$dir/munge/log" \
    --seed-file="$dir/munge/seed" 3>&-
  cluster_controller_up
  cluster_node_up n1
  cluster_node_up n2
  cluster_wait idle
}

cluster_node_up () { # NODE
  slurmd -f "$SLURM_CONF" -N "$1" 3>&-
}
# FOLDER: n1 and the task that is held there are gone at once, as when a machine loses its power.
cluster_node_fail () {
  local pid
  for pid in $(<"$1/held"); do kill -9 "$pid"; done
  kill -9 "$(<"$1/slurmd.n1.pid")"
  rm "$1/hold" "$1/held" "$1/slurmd.n1.pid"
}

cluster_controller_up () {
  slurmctld -f "$SLURM_CONF" 3>&-
}
cluster_controller_down () { # FOLDER
  cluster_end "$1" slurmctld.pid
}

# STATE: until all nodes are in it.
cluster_wait () {
  local i
  for ((i = 0; i < 150; i++)); do
    if [[ $(sinfo --noheader --Node --format=%t 2>/dev/null) == "$1"$'\n'"$1" ]]; then return 0; fi
    sleep 0.2
  done
  echo "the cluster's nodes are not $1: $(sinfo --noheader --Node 2>&1)" >&2
  return 1
}

# Until the queue is empty: a job that has ended stays in it for a moment.
cluster_wait_empty () {
  local i
  for ((i = 0; i < 150; i++)); do
    if [[ -z $(squeue --noheader 2>&1) ]]; then return 0; fi
    sleep 0.2
  done
  echo "the queue is not empty: $(squeue 2>&1)" >&2
  return 1
}

# FOLDER PIDFILE: ends the daemon and waits for it. The process must be one that cluster_up started: its line names the folder.
cluster_end () {
  local pid i
  pid=$(cat "$1/$2" 2>/dev/null) || return 0
  for ((i = 0; i < 100; i++)); do
    grep -qsF "$1/" "/proc/$pid/cmdline" || return 0
    if ((i == 0)); then kill "$pid"; fi
    if ((i == 80)); then kill -9 "$pid"; fi
    sleep 0.1
  done
}

cluster_down () {
  local dir=$1 file
  if [[ -s $dir/slurmctld.pid ]]; then
    scancel --me 2>/dev/null || true
    cluster_wait_empty || true
  fi
  for file in slurmd.n1.pid slurmd.n2.pid slurmctld.pid munge/pid; do cluster_end "$dir" "$file"; done
}
