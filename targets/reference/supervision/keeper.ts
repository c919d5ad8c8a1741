/**
 * The script of PostgreSQL's keeper, for any POSIX shell: `sh -c KEEPER keeper <folder for temporary folders> <option of
 * postgres>…`. It makes the data folder, says where it is, reads where the programs are, starts PostgreSQL, and when that
 * ends or its own standard input does, ends the one and removes the other. So neither outlives whoever started the
 * keeper, however they die: the kernel closes the pipe. It says
 * `folder <path>` and `postgres <pid>` on standard output, and ends with the status of PostgreSQL.
 */
export const KEEPER = `
trap '' HUP INT TERM PIPE
exec 3<&0 </dev/null
folder=$(mktemp -d "$1/stormtest-reference-XXXXXXXX") || exit 1
shift
echo "folder $folder"

clear() {
  # A server that was killed leaves the key of its shared memory in its pid file, and the memory with the kernel.
  memory=$(sed -n '7s/.* //p' "$folder/data/postmaster.pid" 2>/dev/null)
  [ -z "$memory" ] || ipcrm -m "$memory" 2>/dev/null
  # Its processes may still be ending, and writing.
  tries=0
  until rm -rf "$folder" 2>/dev/null || [ $tries -ge 30 ]; do tries=$((tries + 1)); sleep 0.1; done
}

# Waits for the end of standard input, then ends the job: politely, at once, by force.
attend() {
  read -r _ <&3
  for signal in INT QUIT KILL; do
    kill -s $signal "$1" 2>/dev/null
    tenths=0
    while kill -0 "$1" 2>/dev/null && [ $tenths -lt 15 ]; do tenths=$((tenths + 1)); sleep 0.1; done
  done
  clear
}

keep() {
  "$@" 3<&- &
  job=$!
  [ "$1" = "$programs/postgres" ] && echo "postgres $job"
  attend $job &
  attendant=$!
  wait $job
  status=$?
  kill -s KILL $attendant
  return $status
}

IFS= read -r programs <&3 || { clear; exit 0; }
keep "$programs/initdb" -D "$folder/data" -U stormtest --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C --no-sync --no-instructions >&2 &&
  keep "$programs/postgres" -D "$folder/data" -k "$folder" "$@"
status=$?
clear
exit $status
`;
