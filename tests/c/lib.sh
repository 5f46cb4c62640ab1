# What the checks have in common; sourced by tests/c/run and by every file in checks/.
#
# A check is one line: `ok STATEMENT`, or `FAILED STATEMENT` with its output below.

include=$root/include
major=$(sed -n 's/^version = "\([0-9]*\).*/\1/p' "$root/Cargo.toml")
c_flags=(-std=c11 -D_POSIX_C_SOURCE=200809L -g -pthread -I"$include")
warnings=(-Wall -Wextra -Werror -pedantic -Wconversion -Wshadow -Wcast-qual)
golden=(golden/kinds.c golden/families.c golden/nested.c golden/escaping.c golden/ticks.c golden/guards.c
    golden/more_kinds.c golden/names.c golden/overflow.c golden/target.c golden/fixed.c)

# Where a program needs more than its own file, and what it is told: sets `sources` and `arguments`.
needs() { # PROGRAM
    sources=() arguments=()
    case $1 in
        misuse) sources=(misuse/{values,families,pages,http}.c) ;;
        pages) sources=("${golden[@]}") arguments=("$root/testdata/pages") ;;
        collectors) sources=(golden/collectors.c) arguments=("$root/testdata/pages") ;;
        exemplars) arguments=("$root/testdata/pages") ;;
    esac
}

indent() { sed 's/^/    /'; }

check() { # STATEMENT COMMAND...: the command succeeds
    local statement=$1 output
    shift
    if output=$("$@" 2>&1); then
        printf 'ok %s\n' "$statement"
    else
        printf 'FAILED %s\n' "$statement"
        printf '%s\n%s\n' "$*" "$output" | tail -n 30 | indent
    fi
}

refuse() { # STATEMENT PATTERN COMMAND...: the command fails and its output matches
    local statement=$1 pattern=$2 output
    shift 2
    if output=$("$@" 2>&1); then
        printf 'FAILED %s\n    this should not have succeeded: %s\n' "$statement" "$*"
    elif ! grep -Eq -- "$pattern" <<<"$output"; then
        printf 'FAILED %s\n    nothing matches %s in:\n' "$statement" "$pattern"
        printf '%s\n' "$output" | tail -n 30 | indent
    else
        printf 'ok %s\n' "$statement"
    fi
}

# Runs a program that prints statements. One that hangs is a failure, too.
program() { # COMMAND...
    local status=0
    timeout 120 "$@" || status=$?
    ((status < 2)) || printf 'FAILED %s: status %d\n' "$*" "$status"
}

not() { ! "$@"; }
