# shellcheck shell=sh
# Functions with which every start script, and the image, starts Java. To be read with ".".

fail() {
    echo "${0##*/}: $1" >&2
    exit 1
}

# Sets $java.
find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "JAVA_HOME=$JAVA_HOME: has no bin/java"
    else
        java=$(command -v java) || fail "no java found: install Java 17 or newer, or set JAVA_HOME"
    fi
}

require_java_17() {
    # Options in its variables may not fit, and are added below.
    version=$(unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS && "$java" -version 2>&1 |
        sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1)
    [ "${version:-0}" -ge 17 ] || fail "$java is Java ${version:-of an unknown version}: 17 or newer is needed"
}

# Prints all options that the user gives Java, in variables and in files that they name.
given_options() {
    for word in $(printf '%s' "${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${YARDMASTER_JAVA_OPTS:-} ${_JAVA_OPTIONS:-}" | tr -d "\"'"); do
        case $word in
            @*) file=${word#@} ;;
            -XX:VMOptionsFile=* | -XX:Flags=*) file=${word#*=} ;;
            *) file= ;;
        esac
        if [ -n "$file" ] && [ -r "$file" ]; then
            sed 's/^ *#.*//' "$file" | tr -d "\"'"
        else
            echo "$word"
        fi
    done
}

# Prints the option for the heap ($1) and the other defaults, but none that conflicts with an option of the user: Java
# does not start with two collectors, or with a heap that begins larger than it may become; of two sizes the last one counts.
default_options() {
    set -f
    heap=$1
    # The throughput collector suits a program that allocates much, of which little lives on.
    collector=-XX:+UseParallelGC
    exit=-XX:+ExitOnOutOfMemoryError
    # Java updates its counters for jstat 20 times a second, which an idle instance need not pay for.
    counters=-XX:PerfDataSamplingInterval=1000
    # Avro loads generated classes by name only from these packages; another serde than ours needs that.
    avro=-Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.yardmaster.schemas
    for word in $(given_options); do
        case $word in
            -Xmx* | -Xms* | -XX:MaxHeapSize=* | -XX:InitialHeapSize=* | -XX:MaxRAM=* | -XX:*RAMPercentage=* | -XX:*RAMFraction=*) heap= ;;
            -XX:[+-]Use*GC) collector= ;;
            -XX:[+-]ExitOnOutOfMemoryError | -XX:[+-]CrashOnOutOfMemoryError) exit= ;;
            -XX:[+-]UsePerfData | -XX:PerfDataSamplingInterval=*) counters= ;;
            -Dorg.apache.avro.SERIALIZABLE_PACKAGES=*) avro= ;;
        esac
    done
    set +f
    echo "$heap $collector $exit $counters $avro"
}

# In a locale that has ASCII only (LC_ALL=C, as in cron and in most images) Java reads every other character of arguments and
# of names of files as a question mark. The name of a UTF-8 locale differs. Programs that Java starts are in the same locale.
use_utf8() {
    if command -v locale >/dev/null; then
        characters=$(locale charmap 2>/dev/null) || characters=
    else
        case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
            C | POSIX) characters= ;;
            *) characters=UTF-8 ;;
        esac
    fi
    case $characters in
        ANSI_X3.4-1968 | US-ASCII | 646 | '') ;;
        *) return 0 ;;
    esac
    utf8=C.UTF-8
    if command -v locale >/dev/null; then
        for name in C.UTF-8 en_US.UTF-8 $(locale -a 2>/dev/null | grep -i 'utf-\{0,1\}8$' | head -n 1); do
            if [ "$(LC_ALL=$name locale charmap 2>/dev/null)" = UTF-8 ]; then
                utf8=$name
                break
            fi
        done
    fi
    # LC_ALL has precedence over LC_CTYPE.
    if [ -n "${LC_ALL:-}" ]; then
        LC_ALL=$utf8
        export LC_ALL
    else
        LC_CTYPE=$utf8
        export LC_CTYPE
    fi
}

# Prints the options for a program that is not ours: Kafka writes numbers, and compares words in capitals, as the language of
# the machine has them, and with those of Persian or Turkish it does not start. Our own programs set their language themselves.
one_language() {
    for what in '' .format .display; do
        echo "-Duser.language$what=en -Duser.country$what=US -Duser.script$what= -Duser.variant$what="
    done
    echo -Duser.extensions=
}
