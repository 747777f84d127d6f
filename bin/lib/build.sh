# shellcheck shell=sh
# Builds the program of a start script when the sources have changed. To be read with ".", after java.sh.
#
# A Java that runs opens its jars when it needs something from them, so they must stay as they are while others build.
# Hence each build is put into a directory of its own, .builds/NAME.NUMBER, and the file .builds/NAME names the newest. Builds
# that are neither that nor the one before it, and from which nothing runs, are deleted.

# Reads $home, the folder in which this one is bin/lib.
# shellcheck disable=SC2154 # set by the script that reads this
builds=$home/.builds

# True if a source is newer than the file $1: a file, or a folder from which one is gone.
changed_since() {
    elsewhere=$home/bench
    [ "$name" != bench ] || elsewhere=$builds
    [ -n "$(find "$home/pom.xml" "$home"/*/pom.xml "$home"/*/src/main -newer "$1" ! -path "$elsewhere/*" 2>/dev/null | head -n 1)" ]
}

# Sets $build to the newest build; true if there is one and the sources have not changed since.
find_build() {
    build=$builds/$(cat "$builds/$name" 2>/dev/null) || return 1
    [ -f "$build/begun" ] && ! changed_since "$build/begun"
}

# Prints the jar whose name begins with $2 in the folder $1.
jar_in() {
    find "$1" -name "$2-[0-9]*.jar" 2>/dev/null | head -n 1
}

# Waits for other builds, so that there is one at a time.
lock() {
    said=
    until ln -s "$$" "$builds/lock" 2>/dev/null; do
        holder=$(readlink "$builds/lock") || continue
        if ! kill -0 "$holder" 2>/dev/null; then
            rm -f "$builds/lock"
            continue
        fi
        [ -n "$said" ] || echo "${0##*/}: waiting until process $holder has built ..." >&2
        said=yes
        sleep 1
    done
    trap 'rm -f "$builds/lock"' EXIT
    trap 'exit 130' HUP INT TERM
}

unlock() {
    trap - EXIT HUP INT TERM
    rm -f "$builds/lock"
}

# Copies the files of $1 to $2; jars of other projects, which nobody changes, become hard links.
publish() {
    (cd "$1" && find . -type d) | while IFS= read -r folder; do
        mkdir -p "$2/$folder"
    done
    (cd "$1" && find . -type f) | while IFS= read -r file; do
        case ${file##*/} in
            yardmaster-*) cp -p "$1/$file" "$2/$file" ;;
            *.jar) ln "$1/$file" "$2/$file" 2>/dev/null || cp -p "$1/$file" "$2/$file" ;;
            *) cp -p "$1/$file" "$2/$file" ;;
        esac
    done
}

# True if a Java was started from the folder $1. The pattern comes through a pipe: grep's own command line must not hold it.
runs_from() {
    if [ -r /proc/self/cmdline ]; then
        # shellcheck disable=SC2062 # that is no pattern
        printf '%s/\n' "$1" | grep -qasFf - /proc/[0-9]*/cmdline
    else
        all=$(ps -A -o args=) || return 0
        case $all in
            *"$1/"*) ;;
            *) return 1 ;;
        esac
    fi
}

# Deletes builds but the newest and $1, the one before it.
clean_up() {
    for old in "$builds/$name".*; do
        [ "$old" = "$build" ] || [ "$old" = "$builds/$1" ] || runs_from "$old" || rm -rf "$old"
    done
}

# Sets $build to an up-to-date build of $1: of the module $2, whose results are in the folders $3 ...,
# the first of which holds a jar whose name begins with yardmaster-$2. Without sources it is the first folder itself.
build() {
    name=$1 module=$2 made=$3
    shift 2
    if [ ! -f "$home/pom.xml" ]; then
        build=$home/$made
        return
    fi
    ! find_build || return 0
    jar=$(jar_in "$home/$made" "yardmaster-$module")
    if ! mkdir -p "$builds" 2>/dev/null || [ ! -w "$builds" ]; then
        if [ -z "$jar" ] || changed_since "$jar"; then
            fail "$builds cannot be written, and the sources are newer than the last build"
        fi
        build=$home/$made
        return
    fi
    lock
    find_build || make "$@"
    unlock
}

make() {
    number=$(date +%Y%m%d-%H%M%S)-$$
    build=$builds/$name.$number
    rm -rf "$build"
    mkdir "$build"
    : >"$build/begun"
    if [ -n "$jar" ] && ! changed_since "$jar"; then
        touch -r "$jar" "$build/begun"
        target=target
    else
        command -v mvn >/dev/null || fail "no mvn found: Maven 3.8 or newer is needed to build"
        echo "${0##*/}: building, which takes a minute or two the first time ..." >&2
        # Builds only the program: tests and checks are for those who change the sources.
        # Jars of former versions would stay beside those of this one, and Maven unpacks files again only without its marks.
        for folder; do
            case $folder in
                */target/*)
                    target=$home/${folder%%/target/*}/target/unchecked
                    rm -rf "$target/${folder#*/target/}" "$target/dependency-maven-plugin-markers"
                    ;;
            esac
        done
        mvn -q -B -Dstyle.color=never -f "$home/pom.xml" -pl "$module" -am package -Dunchecked -Dspotless.check.skip=true -Dmaven.test.skip=true >&2 || {
            rm -rf "$build"
            fail "the build failed, see above"
        }
        target=target/unchecked
    fi
    for folder; do
        case $folder in
            */target/*) publish "$home/${folder%%/target/*}/$target/${folder#*/target/}" "$build/$folder" ;;
            *) publish "$home/$folder" "$build/$folder" ;;
        esac
    done
    before=$(cat "$builds/$name" 2>/dev/null) || before=
    echo "$name.$number" >"$builds/$name.new"
    mv -f "$builds/$name.new" "$builds/$name"
    clean_up "$before"
}
