#!/bin/sh
# Plays the storage with kcat, curl and perl: sends a cleanup event, by which a job is cancelled.
# Usage: send.sh GROUP JOB SESSION
set -eu

if [ $# -ne 3 ]; then
    echo "usage: send.sh GROUP JOB SESSION" >&2
    exit 2
fi
for tool in kcat curl perl; do
    command -v "$tool" >/dev/null || { echo "send.sh needs $tool" >&2; exit 1; }
done
registry=${YARDMASTER_SCHEMA_REGISTRY_URL:-http://127.0.0.1:7070/registry}
schema='{"schema": "{\"type\":\"record\",\"name\":\"CleanupReady\",\"namespace\":\"io.yardmaster.schemas\",\"fields\":[{\"name\":\"resource_group_id\",\"type\":\"long\"},{\"name\":\"job_id\",\"type\":\"long\"},{\"name\":\"session_id\",\"type\":\"long\"},{\"name\":\"has_task\",\"type\":\"boolean\",\"default\":true}]}"}'
id=$(curl -fsS -H 'Content-Type: application/vnd.schemaregistry.v1+json' -d "$schema" \
    "$registry/subjects/yardmaster.cleanup-value/versions" | sed 's/.*"id":\([0-9]*\).*/\1/')

# The key is the job id, 8 bytes big-endian; the value a zero, the schema's id, and the fields, longs as zigzag varints. Between
# them and at the end stand texts that kcat takes for delimiters.
perl -Mbigint -e '
    sub varint { my ($n) = @_; $n = $n < 0 ? -2 * $n - 1 : 2 * $n; my $out = "";
        while ($n > 127) { $out .= pack("C", ($n & 127) | 128); $n >>= 7 } $out . pack("C", $n) }
    my ($id, $group, $job, $session) = map { Math::BigInt->new($_) } @ARGV;
    my $bits = $job < 0 ? $job + Math::BigInt->new(2) ** 64 : $job;
    print pack("NN", $bits >> 32, $bits & 0xffffffff), "<key|value>", pack("CN", 0, $id),
        varint($group), varint($job), varint($session), pack("C", 1), "<end>";
' "$id" "$1" "$2" "$3" |

# Without partitioner librdkafka hashes the key with CRC32, and the event lies elsewhere than the rest of the job.
kcat -q -P -b "${YARDMASTER_KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}" -X partitioner="${PARTITIONER:-murmur2_random}" \
    -K '<key|value>' -D '<end>' -t yardmaster.cleanup
