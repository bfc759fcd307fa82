# Runs "$@" and sees to it that neither it nor anything of its process group outlives the AppHost.
#
# Started as the leader of a session and process group of its own, so that the group's id is this process's. stdin is a
# pipe whose other end only the AppHost holds: when the AppHost ends, however that happens, the pipe closes. The watcher
# below is a member of the group, so the group's id cannot be given to a stranger while it lives, and the AppHost may
# signal the group until it closes the pipe itself.

# The group's signals are for the command: handled here so as to live on, and, unlike ignored ones, not inherited by it.
asked=
trap 'asked=1' HUP INT QUIT TERM
# 3: the pipe. 4: the command's stderr; the shell's own remarks ("Terminated") are not the command's output.
exec 3<&0 4>&2 2>/dev/null

(
  trap '' HUP INT QUIT TERM
  read -r _ <&3
  kill -TERM -$$
  waited=0
  while [ $waited -lt 50 ] && kill -0 $$; do
    sleep 0.1
    waited=$((waited + 1))
  done
  kill -KILL -$$
) </dev/null >/dev/null 4>&- &

# The AppHost was gone before there was anything to end.
[ -z "$asked" ] || exit 143

# The first line tells the AppHost that from now on a signal to the group reaches the command, or what is to become it.
(
  echo started
  exec "$@" 2>&4 3<&- 4>&-
) </dev/null
exit $?
