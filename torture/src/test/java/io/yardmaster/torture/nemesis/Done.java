package io.yardmaster.torture.nemesis;

/**
 * A fault that was injected and undone.
 *
 * @param variant under which it is counted within its kind; empty if there is only one
 * @param what for a person who reads along
 */
record Done(String variant, String what) {}
