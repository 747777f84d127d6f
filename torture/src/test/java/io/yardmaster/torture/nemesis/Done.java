package io.yardmaster.torture.nemesis;

/**
 * What a fault was in the end.
 *
 * @param variant how it is counted within its kind; empty if there is only one way
 * @param what for who reads along
 */
record Done(String variant, String what) {}
