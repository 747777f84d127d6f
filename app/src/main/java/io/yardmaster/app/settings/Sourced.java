package io.yardmaster.app.settings;

/**
 * A value and its origin.
 *
 * @param origin for people: {@code conf.properties:3}, a variable's name, {@code --set}
 */
record Sourced(String value, String origin) {}
