#!/usr/bin/env bash
# Records the sessions that lesson 8 shows: gdb.txt, valgrind.txt, valgrind_smp.txt, and resident.txt, what Linux says
# of a process's memory.
# With --check it records again and fails if a session has changed, or says that it cannot tell because the tools
# here are of other versions.
#
# Needs Linux on x86-64 with gdb, Valgrind and a C library; `cargo xtask test` checks the sessions where they are.
# ZIG names a Zig of the pinned version; the repository's own is the default.
set -euo pipefail
export LC_ALL=C

session=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$session/../../.." && pwd)
zig=${ZIG:-$root/.toolchain/zig-0.17.1/ziglang/zig}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$session"/../who_wrote.zig "$session"/../valgrind_view.zig "$session/watch.gdb" "$session"/resident.* "$work"
cd "$work"

# Shows a command as a reader types it, and runs it with `zig` as ZIG.
show() { echo "\$ $*"; }
build() {
    show zig build-exe "$@"
    "$zig" build-exe --cache-dir "$work/cache" "$@"
}

gdb_session() {
    gdb --version | head -n 1
    build -fllvm who_wrote.zig
    show gdb -q ./who_wrote
    # gdb repeats the commands of its script after a `+`. Addresses go.
    gdb -q -nx -batch -x watch.gdb ./who_wrote 2>&1 | expand | sed -E \
        -e '/^\+set |^Breakpoint 1 at|^\[|^warning:|^Using host|^Download|^ *$/d' -e 's/^\+/(gdb) /' \
        -e 's/0x[0-9a-f]{16} in //' -e 's/0x[0-9a-f]{9,}/0x…/g'
}

# Leaves out process numbers and addresses, and of each stack the frames outside the listing.
own_valgrind() {
    sed -E -e 's/^==[0-9]+== ?//' -e 's/ +$//' -e 's/0x[0-9A-Fa-f]{5,}/0x…/g' -e 's/0x…: valgrind_view\.//' |
        awk '!/^ +(at|by) / || /valgrind_view\.zig/'
}

valgrind_session() {
    valgrind --version
    build -lc -fllvm -mcpu=baseline valgrind_view.zig
    show valgrind -q --leak-check=full ./valgrind_view
    valgrind -q --leak-check=full ./valgrind_view 2>&1 | own_valgrind
}

valgrind_smp_session() {
    build -fllvm -mcpu=baseline valgrind_view.zig
    show valgrind --leak-check=full ./valgrind_view
    valgrind --leak-check=full ./valgrind_view 2>&1 | own_valgrind |
        sed -n '/^Conditional/,$p' | grep -v -e '^Use --track' -e '^For lists'
}

resident_session() {
    build -O fast resident.zig
    show ./resident
    ./resident 2>&1
    show python3 resident.py
    python3 resident.py
}

record() {
    resident_session >"$1/resident.txt"
    gdb_session >"$1/gdb.txt"
    valgrind_session >"$1/valgrind.txt"
    valgrind_smp_session >"$1/valgrind_smp.txt"
}

if [ "${1:-}" = --check ]; then
    for tool in gdb valgrind; do
        recorded=$(head -n 1 "$session/$tool.txt")
        here=$("$tool" --version | head -n 1)
        if [ "$here" != "$recorded" ]; then
            echo "NOT TESTED: the sessions were recorded with $recorded, and this is $here"
            exit
        fi
    done
    mkdir "$work/new"
    record "$work/new"
    for file in gdb valgrind valgrind_smp resident; do
        diff -u "$session/$file.txt" "$work/new/$file.txt"
    done
    echo "the recorded sessions are what the tools say now"
else
    record "$session"
fi
