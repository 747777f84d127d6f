package io.yardmaster.topology.config;

/** How a program writes its log. */
public enum LogFormat {
    /** A line for people. */
    TEXT,
    /** A JSON object in each line, for programs. */
    JSON
}
