"""An execution manager: takes assignments off the dispatch topic, works on one at a time, and commits it afterwards."""
import os
import signal
import time

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext

DISPATCH = "yardmaster.dispatch"
KILLS = "yardmaster.kills"
REGISTRY = os.getenv("YARDMASTER_SCHEMA_REGISTRY_URL", "http://127.0.0.1:7070/registry")
CONSUMER = {
    "bootstrap.servers": os.getenv("YARDMASTER_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"),
    "group.id": "yardmaster-ems",
    "auto.offset.reset": "earliest",  # the scheduler counts on it
    "isolation.level": "read_committed",
    "partition.assignment.strategy": "cooperative-sticky",  # can share a group with `yardmaster work`
    "session.timeout.ms": 10_000,  # until others get the partitions of a killed one
    "max.poll.interval.ms": 3_600_000,  # longer than any assignment takes
    "enable.auto.offset.store": False,  # store_offsets() chooses the offsets to commit: every 100 ms, and by close()
    "auto.commit.interval.ms": 100,
}


def work(assignment):
    """Replace this with your work, and end it soon and return False when it is killed. If it raises, this process ends and the
    assignment is delivered again, here or elsewhere."""
    end = time.monotonic() + float(os.getenv("SECONDS_PER_TASK", "0.1"))
    while not killed(assignment):
        left = end - time.monotonic()
        if left <= 0:
            return True
        time.sleep(min(left, 0.05))
    return False


def killed(assignment):
    """True if a kill names the assignment, or its job, whose cleanup task goes on."""
    while (message := kills.poll(0)) is not None:
        if message.error():
            print(message.error(), flush=True)
            continue
        kill = value(message)
        key = kill["job_id"], kill["assignment_id"]
        last = kill.get("last_assignment_id", -1)
        ends.pop(key, None)
        ends[key] = kill["session_id"], last if last >= 0 else float("inf")
        if len(ends) > 100_000:
            ends.pop(next(iter(ends)))  # of the oldest kill
    named = [assignment["assignment_id"]] + [-1] * (assignment["kind"] != "CLEANUP")
    found = [ends[assignment["job_id"], name] for name in named if (assignment["job_id"], name) in ends]
    return any(assignment["session_id"] <= session and assignment["assignment_id"] <= last for session, last in found)


def value(message):
    return decode(message.value(), SerializationContext(message.topic(), MessageField.VALUE))


stopped = []
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda signum, frame: stopped.append(signum))
decode = AvroDeserializer(SchemaRegistryClient({"url": REGISTRY}))
consumer = Consumer(CONSUMER)
consumer.subscribe([DISPATCH])
kills = Consumer({**CONSUMER, "enable.auto.commit": False})  # joins no group: every execution manager reads all kills
kills.assign([TopicPartition(KILLS, 0, OFFSET_BEGINNING)])
ends = {}  # the latest session and assignment that a kill names, by job and assignment; -1 is the whole job
newest = 0
try:
    while not stopped:
        message = consumer.poll(0.5)
        if message is None:
            continue
        if message.error():
            print(message.error(), flush=True)
            continue
        assignment = value(message)
        epoch = int.from_bytes(dict(message.headers())["epoch"], "big")
        newest = max(newest, epoch)
        if epoch < newest:
            ending = "dropped"  # storage has started anew: assignments of an older session are void
        else:
            ending = "done" if work(assignment) else "killed"
        print(ending, "{kind} job={job_id} task={task_index} session={session_id}".format(**assignment), flush=True)
        try:
            consumer.store_offsets(message)
        except KafkaException as e:
            print("not committed, its partition has gone to another member:", e, flush=True)
finally:
    consumer.close()
    kills.close()
