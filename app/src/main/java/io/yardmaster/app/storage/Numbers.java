package io.yardmaster.app.storage;

/** Whole numbers as a user writes them. */
final class Numbers {
    private Numbers() {}

    /** The number, or an {@link IllegalArgumentException} that says what {@code name} must be. */
    static long parse(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, with the allowed range
        }
        String range = least == Long.MIN_VALUE ? "" : " from " + least + " to " + most;
        throw new IllegalArgumentException("%s is '%s', but must be a whole number%s".formatted(name, text, range));
    }
}
