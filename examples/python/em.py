"""An execution manager: takes assignments off the dispatch topic, works on one at a time, reports its outcome, and commits it.

With YARDMASTER_DISPATCH_POOL=pool HOST_NAME=name HOST_HAS='{"cpu": 1, "memory": 1073741824}' HOST_LABELS='{"zone": "a"}' it works as a host, in no
group: it says every two seconds what it has, and takes the assignments that name it.
"""
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import zlib

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

POOL = os.getenv("YARDMASTER_DISPATCH_POOL", "")  # of this fleet; none is the default pool
DISPATCH = "yardmaster.dispatch" + (POOL and "." + POOL)
HOSTS = "yardmaster.hosts"
KILLS = "yardmaster.kills"
OUTCOMES = "yardmaster.outcomes"
WORKER = f"{socket.gethostname()}-{os.getpid()}"[-200:]
REGISTRY = os.getenv("YARDMASTER_SCHEMA_REGISTRY_URL", "http://127.0.0.1:7070/registry")
CONSUMER = {
    "bootstrap.servers": os.getenv("YARDMASTER_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"),
    "group.id": "yardmaster-ems" + (POOL and "." + POOL),
    "auto.offset.reset": "earliest",  # the scheduler counts on it
    "isolation.level": "read_committed",
    "partition.assignment.strategy": "cooperative-sticky",  # can share a group with `yardmaster work`
    "session.timeout.ms": 10_000,  # until others get the partitions of a killed one
    "max.poll.interval.ms": 3_600_000,  # longer than any assignment takes
    "enable.auto.offset.store": False,  # store_offsets() chooses the offsets to commit: every 100 ms, and by close()
    "auto.commit.interval.ms": 100,
}
PRODUCER = {
    "bootstrap.servers": CONSUMER["bootstrap.servers"],
    "enable.idempotence": True,
    "partitioner": "murmur2_random",  # the outcomes of a job must lie where Kafka's own clients put them
    "linger.ms": 0,  # this process waits for each outcome
}
OF_ASSIGNMENT = {name: "long" for name in ("assignment_id", "resource_group_id", "job_id", "session_id")}
OF_ASSIGNMENT["kind"] = {"type": "enum", "name": "TaskKind", "symbols": ["TASK", "COMMIT", "CLEANUP"]}
OF_ASSIGNMENT.update(task_index="int", attempt="int")
FIELDS = {  # of a command
    "job": "job_id",
    "task": "task_index",
    "kind": "kind",
    "attempt": "attempt",
    "group": "resource_group_id",
    "session": "session_id",
    "id": "assignment_id",
}
TIME = {"type": "long", "logicalType": "timestamp-millis"}
OUTCOME = {
    **OF_ASSIGNMENT,
    "result": {"type": "enum", "name": "TaskResult", "symbols": ["SUCCEEDED", "FAILED", "KILLED", "REFUSED"]},
    "reason": "string",
    "started_at": TIME,
    "ended_at": TIME,
    "worker": "string",
}
SCHEMA = {
    "type": "record",
    "name": "TaskOutcome",
    "namespace": "io.yardmaster.schemas",
    "fields": [{"name": name, "type": type, **({"default": ""} if type == "string" else {})} for name, type in OUTCOME.items()],
}
HOST = os.getenv("HOST_NAME", "")
HAS = json.loads(os.getenv("HOST_HAS", '{"cpu": 1}'))
LABELS = json.loads(os.getenv("HOST_LABELS", "{}"))
HEARTBEAT = {
    "pool": "string",
    "host": "string",
    "incarnation": "long",
    "total": {"type": "map", "values": "long"},
    "labels": {"type": "map", "values": "string"},
    "dispatch_partition": "int",
    "at": TIME,
}
HOST_SCHEMA = {
    "type": "record",
    "name": "Host",
    "namespace": "io.yardmaster.schemas",
    "fields": [{"name": name, "type": type} for name, type in HEARTBEAT.items()],
}
ENDINGS = {"SUCCEEDED": "done", "FAILED": "failed", "KILLED": "killed", "REFUSED": "refused"}
REFUSES = 75  # the exit code of a command that cannot run here and now


class Refused(Exception):
    """The task cannot run here and now: the scheduler offers it again later."""


def work(assignment, cancelled):
    """Replace this with your work, and return soon when cancelled() is true: then the assignment was killed, or has run for its
    timeout. If it raises, the task has failed, or is refused if it raises Refused."""
    if (found := command(assignment)) is not None:
        shell(*found, cancelled)
        return
    end = time.monotonic() + float(os.getenv("SECONDS_PER_TASK", "0.1"))
    while not cancelled() and (left := end - time.monotonic()) > 0:
        time.sleep(min(left, 0.05))


def command(assignment):
    """The line that the task's stage has in a YAML file of `submit`, and its environment; None if there is no such line."""
    try:
        stage = json.loads(assignment.get("payload", b""))
        line, index = stage["run"], assignment["task_index"] - stage["first"]
        values = {"stage": stage["stage"], "tasks": stage["tasks"], "index": index}
    except (ValueError, TypeError, KeyError):
        return None
    values.update((name, assignment[field]) for name, field in FIELDS.items())
    line = re.sub(r"(?<!\$){([a-z]+)}", lambda found: str(values.get(found[1], found[0])), line)
    return line, {f"ASSIGNMENT_{name.upper()}": str(value) for name, value in values.items()}


def shell(line, environment, cancelled):
    """Runs the line in a process group of its own, all of which ends with it."""
    process = subprocess.Popen(
        ["sh", "-c", line], env={**os.environ, **environment}, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while process.poll() is None and not cancelled():
            time.sleep(0.02)
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # nothing is left
    if process.wait() != 0:
        kind = Refused if process.returncode == REFUSES else RuntimeError
        raise kind(f"exit code {process.returncode}")


def run(assignment):
    """Works on the assignment, and returns its result and the reason."""
    limit = assignment.get("timeout_ms", 0)  # an older scheduler sets none
    end = time.monotonic() + limit / 1000 if limit else float("inf")
    try:
        work(assignment, lambda: beat() or kill(assignment) is not None or time.monotonic() >= end)
        result = "SUCCEEDED", ""
    except Exception as e:
        result = "REFUSED" if isinstance(e, Refused) else "FAILED", str(e) or repr(e)
    if (reason := kill(assignment)) is not None:
        return "KILLED", reason
    return ("FAILED", f"ran longer than {limit} ms") if time.monotonic() >= end else result


def report(assignment, result, reason, started_at):
    """Writes the outcome. Returns when Kafka has it: the assignment must not be committed before."""
    outcome = {name: assignment[name] for name in OF_ASSIGNMENT}
    outcome.update(result=result, reason=reason[:1000], started_at=started_at, ended_at=now(), worker=WORKER)
    encoded = encode(outcome, SerializationContext(OUTCOMES, MessageField.VALUE))
    errors = []
    producer.produce(
        OUTCOMES,
        key=assignment["job_id"].to_bytes(8, "big", signed=True),
        value=encoded,
        on_delivery=lambda error, message: errors.append(error),
    )
    producer.flush()
    if errors != [None]:
        sys.exit(f"outcome not written: {errors}")


def beat(gone=False):
    """Says every two seconds what this host has, or that it is gone, so that others get its tasks at once."""
    if not HOST or not gone and time.monotonic() < beats["next"]:
        return
    if time.monotonic() - beats["heard"] > 25:
        sys.exit("nobody has heard of this host for 25 s: the scheduler soon gives its tasks to others")
    beats["next"] = sent = time.monotonic() + 2
    heartbeat = {"pool": POOL, "host": HOST, "incarnation": beats["incarnation"] + gone, "total": {} if gone else HAS}
    heartbeat.update(labels=LABELS, dispatch_partition=beats["partition"], at=now())
    encoded = encode_host(heartbeat, SerializationContext(HOSTS, MessageField.VALUE))
    producer.produce(HOSTS, key=POOL.encode(), value=encoded, on_delivery=lambda error, message: error or beats.update(heard=sent - 2))
    producer.poll(0)


def join():
    """Takes part in the group, or reads a host's partition from its end on."""
    if not HOST:
        consumer.subscribe([DISPATCH])
        return
    count = len(consumer.list_topics(DISPATCH, timeout=10).topics[DISPATCH].partitions)
    beats["partition"] = zlib.crc32(HOST.encode()) % count  # any will do
    _, end = consumer.get_watermark_offsets(TopicPartition(DISPATCH, beats["partition"]), timeout=10)
    consumer.assign([TopicPartition(DISPATCH, beats["partition"], end)])


def is_mine(headers):
    """Returns whether an assignment is for this start of this host; in a group, whether it is for no host."""
    if not HOST:
        return "host" not in headers
    return (headers.get("host"), headers.get("incarnation")) == (HOST.encode(), beats["incarnation"].to_bytes(8, "big"))


def start_anew(headers):
    """The scheduler does not count on this start of the host any more. Nothing of it runs here now."""
    if headers.get("replaced") == b"\1":
        sys.exit(f"another process has started as host {HOST}, or its clock was ahead when it last started: then start it again in 10 s")
    newest = int.from_bytes(headers.get("newest", headers["incarnation"]), "big")  # of this name, from a clock that was ahead, perhaps
    beats.update(incarnation=max(newest + 1, now()), next=0, heard=time.monotonic())
    print("nobody counts on this host any more, it starts anew", flush=True)


def now():
    return int(time.time() * 1000)


def kill(assignment):
    """The reason of the kill that names the assignment, or its job, whose cleanup task goes on; None if there is none."""
    while (message := kills.poll(0)) is not None:
        if message.error():
            print(message.error(), flush=True)
            continue
        read = value(message)
        key = read["job_id"], read["assignment_id"], read.get("first_task", -1), read.get("tasks", 0)
        last = read.get("last_assignment_id", -1)
        ends.pop(key, None)
        ends[key] = read["session_id"], last if last >= 0 else float("inf"), read.get("reason", "")
        if len(ends) > 10_000:
            ends.pop(next(iter(ends)))  # of the oldest kill
    for key, (session, last, reason) in ends.items():
        if names(key, assignment) and assignment["session_id"] <= session and assignment["assignment_id"] <= last:
            return reason
    return None


def names(key, assignment):
    """Returns whether a kill names the assignment: by its id, or by its job (-1), or by a range of its job's tasks (-2)."""
    job, name, first, tasks = key
    if job != assignment["job_id"] or name == assignment["assignment_id"]:
        return job == assignment["job_id"]
    if name == -2:
        return assignment["kind"] == "TASK" and first <= assignment["task_index"] < first + tasks
    return name == -1 and assignment["kind"] != "CLEANUP"


def value(message):
    return decode(message.value(), SerializationContext(message.topic(), MessageField.VALUE))


stopped = []
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda signum, frame: stopped.append(signum))
registry = SchemaRegistryClient({"url": REGISTRY})
decode = AvroDeserializer(registry)
encode = AvroSerializer(registry, json.dumps(SCHEMA), conf={"auto.register.schemas": True})
encode_host = AvroSerializer(registry, json.dumps(HOST_SCHEMA), conf={"auto.register.schemas": True})
producer = Producer(PRODUCER)
consumer = Consumer({**CONSUMER, "enable.auto.commit": not HOST})  # the scheduler knows a host's tasks without offsets
beats = {"next": 0, "heard": time.monotonic(), "incarnation": now()}  # the last grows with each start
join()
kills = Consumer({**CONSUMER, "enable.auto.commit": False})  # joins no group: every execution manager reads all kills
kills.assign([TopicPartition(KILLS, 0, OFFSET_BEGINNING)])
ends = {}  # the latest session and assignment that a kill names, and its reason, by job, assignment and tasks
newest = 0
try:
    while not stopped:
        beat()
        message = consumer.poll(0.5)
        if message is None:
            continue
        if message.error():
            print(message.error(), flush=True)
            continue
        headers = dict(message.headers())
        if not is_mine(headers):
            continue
        if message.value() is None:
            start_anew(headers)
            continue
        try:
            assignment = value(message)
        except Exception as e:
            sys.exit(f"an assignment cannot be read, so it was neither run nor committed: {e}; is {REGISTRY} the scheduler's registry?")
        epoch = int.from_bytes(headers["epoch"], "big")
        newest = max(newest, epoch)
        if epoch < newest:
            ending = "dropped"  # storage has started anew: assignments of an older session are void
        else:
            started_at = now()
            result, reason = run(assignment)
            report(assignment, result, reason, started_at)
            ending = ENDINGS[result]
        payload = assignment.get("payload", b"")  # of the task's stage, if its job has a graph
        shown = f" payload={payload.decode(errors='replace')}" if payload else ""
        print(ending, "{kind} job={job_id} task={task_index} session={session_id}".format(**assignment) + shown, flush=True)
        try:
            consumer.store_offsets(message)
        except KafkaException as e:
            print("not committed, its partition has gone to another member:", e, flush=True)
finally:
    beat(gone=True)
    producer.flush(5)
    consumer.close()
    kills.close()
