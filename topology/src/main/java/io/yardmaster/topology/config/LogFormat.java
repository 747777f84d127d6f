package io.yardmaster.topology.config;

/** Format of a program's log. */
public enum LogFormat {
    /** A line for people. */
    TEXT,
    /** A JSON object in each line, for programs. */
    JSON
}
