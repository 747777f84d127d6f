package io.yardmaster.app.work;

/** This machine lacks a program that can run commands in process groups of their own. */
public final class NoProcessGroupsException extends Exception {
    private static final long serialVersionUID = 1L;

    NoProcessGroupsException(String message) {
        super(message);
    }
}
