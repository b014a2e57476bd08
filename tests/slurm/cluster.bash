# A Slurm cluster of this one machine, of Debian's own munged, slurmctld and slurmd, with a configuration of its own. As root, for the tests only.

# Two ports beside each other that nobody listens on: a machine may have a cluster already.
cluster_ports () {
  local port
  for ((port = 26817; port < 27817; port += 2)); do
    if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && ! (: <"/dev/tcp/127.0.0.1/$((port + 1))") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  echo 'no free ports for the cluster' >&2
  return 1
}

# FOLDER: keys, logs and state; exports SLURM_CONF.
cluster_up () {
  local dir=$1 host memory port
  host=$(hostname -s)
  memory=$(awk '/^MemTotal:/ { print int($2 / 1024 * 0.8) }' /proc/meminfo)
  port=$(cluster_ports)
  mkdir -p "$dir"/{state,spool,log,munge}
  (umask 077 && head -c 1024 /dev/urandom >"$dir/munge/key")
  cat >"$dir/slurm.conf" <<CONF
ClusterName=candor
SlurmctldHost=localhost
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.log
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
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$dir/slurm.conf
  munged --force --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/munge/pid" --log-file="$dir/munge/log" \
    --seed-file="$dir/munge/seed" 3>&-
  cluster_controller_up
  slurmd -f "$SLURM_CONF" -N "$host" 3>&-
  cluster_wait idle
}

cluster_controller_up () {
  slurmctld -f "$SLURM_CONF" 3>&-
}
cluster_controller_down () { # FOLDER
  cluster_end "$1" slurmctld.pid
}

# STATE: until the node is in it.
cluster_wait () {
  local i
  for ((i = 0; i < 150; i++)); do
    if sinfo --noheader --format=%t 2>/dev/null | grep -q "$1"; then return 0; fi
    sleep 0.2
  done
  echo "the cluster's node is not $1" >&2
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
  for file in slurmd.pid slurmctld.pid munge/pid; do cluster_end "$dir" "$file"; done
}
