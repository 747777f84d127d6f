"""Plays the storage: sends one event of a job. Usage: send.py ready GROUP JOB SESSION INDEX... | commit|cleanup GROUP JOB SESSION"""
import json
import os
import sys

from confluent_kafka import Producer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

REGISTRY = os.getenv("YARDMASTER_SCHEMA_REGISTRY_URL", "http://127.0.0.1:7070/registry")
PRODUCER = {
    "bootstrap.servers": os.getenv("YARDMASTER_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"),
    # All events of a job must lie where Kafka's own clients put them. librdkafka hashes with CRC32 unless told otherwise.
    "partitioner": os.getenv("PARTITIONER", "murmur2_random"),
    "enable.idempotence": True,
}
LONGS = [{"name": name, "type": "long"} for name in ("resource_group_id", "job_id", "session_id")]
MORE = {
    "ready": ("TaskReady", [{"name": "task_indices", "type": {"type": "array", "items": "int"}}, {"name": "attempt", "type": "int", "default": 0}]),
    "commit": ("CommitReady", []),
    "cleanup": ("CleanupReady", [{"name": "has_task", "type": "boolean", "default": True}]),
}

if len(sys.argv) < 5 or sys.argv[1] not in MORE or (sys.argv[1] == "ready") != (len(sys.argv) > 5):
    sys.exit(__doc__)
lane = sys.argv[1]
group, job, session, *indices = map(int, sys.argv[2:])
name, fields = MORE[lane]
schema = {"type": "record", "name": name, "namespace": "io.yardmaster.schemas", "fields": LONGS + fields}
event = {"resource_group_id": group, "job_id": job, "session_id": session}
if lane == "ready":
    event.update(task_indices=indices, attempt=0)
if lane == "cleanup":
    event.update(has_task=True)
topic = "yardmaster." + lane
registry = SchemaRegistryClient({"url": REGISTRY})
encode = AvroSerializer(registry, json.dumps(schema), conf={"auto.register.schemas": True})


def sent(error, message):
    if error is not None:
        sys.exit(f"not sent: {error}")
    print(f"{lane} of job {job} is in partition {message.partition()}", flush=True)


producer = Producer(PRODUCER)
value = encode(event, SerializationContext(topic, MessageField.VALUE))
producer.produce(topic, key=job.to_bytes(8, "big", signed=True), value=value, on_delivery=sent)
if producer.flush(30):
    sys.exit("not sent: Kafka does not answer")
