# Runs PostgreSQL for Gantry, and stops it when Gantry is gone, however it went.
#
# Gantry holds the other end of this script's input. To stop PostgreSQL it closes that; when Gantry is killed, the kernel closes it.
# First a fast shutdown is asked for, which loses nothing; after half a minute an immediate one, which the next start recovers from.
# The number of the server's process is printed, and its exit status becomes this script's.
trap '' HUP INT TERM

exec 3<&0
"$@" </dev/null >&2 3<&- &
server=$!
echo "$server"

{
  while read -r _; do :; done <&3
  patience=300
  # Asked again and again, for a server that has only just begun may not be listening yet.
  while [ "$patience" -gt 0 ] && kill -INT "$server" 2>/dev/null; do
    sleep 0.1
    patience=$((patience - 1))
  done
  kill -QUIT "$server" 2>/dev/null
} >/dev/null 2>&1 &
watch=$!
exec 3<&-

wait "$server"
status=$?
kill -KILL "$watch"
exit "$status"
