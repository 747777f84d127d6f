package io.yardmaster.app.settings;

/**
 * A value and where it came from.
 *
 * @param origin for people: {@code conf.properties:3}, a variable's name, {@code --set}
 */
record Sourced(String value, String origin) {}
