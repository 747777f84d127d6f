#!/bin/bash
# Becomes the broker.
export KAFKA_HEAP_OPTS=${KAFKA_HEAP_OPTS:--Xms1g -Xmx1g}
KAFKA_LOG4J_CONFIG=/opt/kafka/config/log4j2.yaml exec /opt/kafka/bin/kafka-run-class.sh kafka.Kafka "$@"
