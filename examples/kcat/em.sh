#!/bin/sh
# An execution manager made of kcat, perl and sh. kcat commits an assignment when it has printed it, before the work: an
# assignment whose work is lost is not delivered again, those of an older session are not dropped, and kills are not obeyed. No outcomes
# are written, not even of work that fails, which is allowed: the scheduler takes an assignment for ended when it is committed, and a
# task of a graph for succeeded, so that its successors begin before its work has ended. Tasks that are placed on hosts are not passed
# over: it is for no pool with placement=hosts.
set -eu

for tool in kcat perl; do
    command -v "$tool" >/dev/null || { echo "em.sh: no $tool found: install it, or add it to PATH" >&2; exit 1; }
done

# A pool's topic and group have its name at their ends; without one these are the default pool's.
pool="${YARDMASTER_DISPATCH_POOL:+.$YARDMASTER_DISPATCH_POOL}"

take() {
    kcat -q -u -b "${YARDMASTER_KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}" \
        -X isolation.level=read_committed -X auto.offset.reset=earliest -X partition.assignment.strategy=cooperative-sticky \
        -G "yardmaster-ems$pool" -f '%R%s' "yardmaster.dispatch$pool"
}

# Each value comes after its length. Behind 5 bytes that name the schema all its fields are zigzag varints; the tenth is the length of
# the payload, whose bytes follow; behind them is the name of the pool. "use integer" makes all numbers 64 bits wide and signed, the shift to the right, too: it needs the mask.
decode() {
    perl -Minteger -e '
    $| = 1;
    while (read STDIN, $length, 4) {
        read STDIN, $value, unpack("N", $length);
        ($number, $shift, @fields) = (0, 0);
        @bytes = unpack "x5C*", $value;
        while (@fields < 10 && defined($byte = shift @bytes)) {
            $number |= ($byte & 127) << $shift;
            $shift += 7;
            next if $byte > 127;
            push @fields, ($number >> 1 & 0x7FFFFFFFFFFFFFFF) ^ -($number & 1);
            ($number, $shift) = (0, 0);
        }
        print "@fields[0..8] ", unpack("H*", pack "C*", splice @bytes, 0, $fields[9]), "\n";
    }'
}

# kind: 0 is TASK, 1 is COMMIT, 2 is CLEANUP; ready_at: milliseconds since 1970; timeout_ms: 0 is none; payload: in hexadecimal digits.
work() {
    while read -r id group job kind task attempt session ready_at timeout_ms payload; do
        sleep "${SECONDS_PER_TASK:-0.1}" # replace this with your work
        echo "done id=$id group=$group job=$job kind=$kind task=$task attempt=$attempt session=$session ready_at=$ready_at" \
            "timeout_ms=$timeout_ms payload=$payload"
    done
}

# A pipeline has the exit code of its last command: the exit codes of the others come through a file descriptor of their own.
exec 4>&1
codes=$({ { take 3>&- || echo $? >&3; } | { decode 3>&- || echo $? >&3; } | work >&4 3>&-; } 3>&1)
[ -z "$codes" ] || { echo "em.sh: kcat or perl ended with exit code $codes" >&2; exit 1; }
