/**
 * The inside of a sandbox, as a script for the first process in it: a file system of its own that holds what it is handed
 * and nothing else, read-only but for a small `/tmp`, and then a user who may do nothing.
 */

/** What is visible within, from outside to inside; all of it can only be read. */
export interface Binding {
  readonly from: string;
  readonly to: string;
}

/** Where the tree lies within. */
export const TREE = "/tree";

/** What one process may take. Addresses are not bounded, since JavaScript engines reserve far more than they use. */
const LIMITS = {
  /** Private memory: with all of it written to, a process has no more. */
  data: 1_024 * 2 ** 20,
  fsize: 32 * 2 ** 20,
  nofile: 1_024,
  core: 0,
  memlock: 2 ** 16,
};

/** Threads and processes of the sandbox together. */
export const MOST_TASKS = 160;

/**
 * `root MODE BINDINGS… -- COMMAND…`. Runs as root of a user namespace (`own`), or as root itself (`drop`). It stays the first process,
 * so that whatever is left in the namespace ends with it.
 */
export const SETUP: string = `set -eu
umask 022
root=$1 mode=$2
shift 2
mount -t tmpfs -o mode=755,size=1m,nr_inodes=4k,nosuid,nodev review "$root"
cd "$root"
mkdir proc dev tmp old
visible() {
  if [ -d "$1" ]; then mkdir -p ".$2"; else mkdir -p ".\${2%/*}"; : >".$2"; fi
  mount --bind "$1" ".$2"
  mount -o "remount,bind,$3" ".$2"
}
while [ "$1" != -- ]; do
  if [ -L "$1" ]; then ln -s "$(readlink "$1")" ".$2"; else visible "$1" "$2" ro,nosuid,nodev; fi
  shift 2
done
shift
for node in null zero full random urandom; do visible "/dev/$node" "/dev/$node" nosuid,noexec; done
mount -t tmpfs -o mode=1777,size=64m,nr_inodes=8k,nosuid,nodev review ./tmp
mount -t proc -o nosuid,nodev,noexec review ./proc
pivot_root . old
cd /
umount -l /old
rmdir /old
mount -o remount,bind,ro,nosuid,nodev /
echo 1000 >/proc/self/oom_score_adj
# Whoever may make no further namespaces reaches less of the kernel: one more is needed, and is the last.
last='echo 1 >/proc/sys/user/max_user_namespaces; exec unshare --user --map-user=1000 --map-group=1000 -- "$@"'
powerless="setpriv --inh-caps=-all --no-new-privs --"
bounds="prlimit ${Object.entries(LIMITS)
  .map(([name, value]) => `--${name}=${value}`)
  .join(" ")} --nproc=${MOST_TASKS} --"
cd "$REVIEW_CWD"
unset REVIEW_CWD OLDPWD
status=0
if [ "$mode" = own ]; then
  sh -euc "$last" sh $powerless $bounds "$@" || status=$?
elif setpriv --reuid 65534 --regid 65534 --clear-groups unshare --user true 2>/dev/null; then
  setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all --inh-caps=-all -- \\
    unshare --user --map-root-user -- sh -euc "$last" sh $powerless $bounds "$@" || status=$?
else
  setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set=-all $powerless $bounds "$@" || status=$?
fi
exit "$status"
`;
