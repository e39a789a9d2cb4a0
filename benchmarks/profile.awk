# Samples of perf script (a line of the thread's name, lines of the stack from its tip on, an empty line) → the share of each part.
# A sample belongs to the first part that its stack shows: what the kernel does for us, then our own code, then what lies below it.

function part(   i) {
  if (kernel) {
    if (stack ~ /sock_sendmsg|__sys_sendto|tcp_sendmsg/) return "kernel: sending"
    if (stack ~ /fsync|fdatasync/) return "kernel: fsync"
    if (stack ~ /ksys_pwrite|ksys_write|vfs_write|vfs_read|ksys_pread/) return "kernel: files"
    if (stack ~ /sock_recvmsg|__sys_recvfrom|tcp_recvmsg/) return "kernel: receiving"
    if (stack ~ /futex/) return "kernel: waking threads"
    if (stack ~ /epoll/) return "kernel: epoll"
    return "kernel: else"
  }
  if (tip ~ /libsqlite3/) return "SQLite"
  if (tip ~ /libcoreclr|libclrgc|libclrjit/) return "runtime: collecting, compiling"
  if (ours ~ /Minato\.Wire\]/) return "ours: reading and writing frames"
  if (ours ~ /Minato\.Storage\]/) return "ours: store"
  if (ours ~ /Server\.Rooms\.|Sessions\.SendQueue|Sessions\.SocketOutlet|Sessions\.PipeOutlet/) return "ours: telling the rooms"
  if (ours ~ /Server\.Log\./) return "ours: log writer"
  if (ours ~ /Minato\./) return "ours: sessions and else"
  if (stack ~ /Kestrel|System\.IO\.Pipelines/) return "Kestrel"
  # The stack is cut off in libraries without frame pointers; the thread says what it was about.
  if (thread ~ /^minato publish/) return "the publisher's way into send"
  if (thread ~ /^minato log/) return "the log writer's libraries"
  return "libraries, else"
}

function count() {
  if (depth == 0) return
  all++
  parts[part()]++
  depth = 0; stack = ""; tip = ""; ours = ""; kernel = 0
}

/^$/ { count(); next }
/^[^ \t]/ { thread = $0; next }
{
  depth++
  if (depth == 1) { tip = $0; kernel = $0 ~ /\[kernel|\[unknown\].*ffff|^ *ffff/ }
  stack = stack $0 "\n"
  if (ours == "" && $0 ~ /Minato\./) ours = $0
}
END {
  count()
  if (all == 0) { print "No samples."; exit 1 }
  print "| part | share |"
  print "|---|---|"
  for (p in parts) printf "| %s | %.1f %% |\n", p, 100 * parts[p] / all | "sort -t'|' -k3 -rn"
  close("sort -t'|' -k3 -rn")
  printf "%d samples\n", all
}
