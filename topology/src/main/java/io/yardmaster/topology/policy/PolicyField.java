package io.yardmaster.topology.policy;

import java.math.BigDecimal;

/**
 * A field of an entry: a number, or true or false. Its values are {@code Boolean}, {@code Long} if it is a whole number, and else {@code Double}.
 *
 * @param name as in the policy's files and in {@code PolicyEntry.avsc}
 * @param doc an explanation for people
 */
public record PolicyField(String name, boolean isFlag, boolean isWhole, double least, double most, String doc) {

    /** A field that is true or false. */
    static PolicyField flag(String name, String doc) {
        return new PolicyField(name, true, false, 0, 0, doc);
    }

    /** A field with any number in a range. */
    static PolicyField number(String name, double least, double most, String doc) {
        return new PolicyField(name, false, false, least, most, doc);
    }

    /** A field with a whole number in a range of numbers below 2^53. */
    static PolicyField whole(String name, long least, long most, String doc) {
        return new PolicyField(name, false, true, least, most, doc);
    }

    /**
     * The value that a user typed.
     *
     * @throws InvalidPolicyException if it is not allowed
     */
    public Object parse(String text) {
        if (isFlag) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw invalid("'" + text + "'");
            };
        }
        try {
            return checked(Double.parseDouble(text), text);
        } catch (NumberFormatException e) {
            throw invalid("'" + text + "'");
        }
    }

    /**
     * The value that a document or a record has.
     *
     * @throws InvalidPolicyException if it is not allowed
     */
    public Object read(Object value) {
        if (isFlag && value instanceof Boolean) {
            return value;
        }
        if (!isFlag && value instanceof Number number) {
            return checked(number.doubleValue(), text(value));
        }
        throw invalid(value instanceof CharSequence ? "the text '" + value + "'" : String.valueOf(value));
    }

    private Object checked(double value, String text) {
        if (!(value >= least && value <= most)) {
            throw invalid(text);
        }
        if (!isWhole) {
            return value;
        }
        if (value != Math.rint(value)) {
            throw invalid(text);
        }
        return (long) value;
    }

    private InvalidPolicyException invalid(String instead) {
        return new InvalidPolicyException(name + " must be " + allowed() + ", not " + instead);
    }

    /** The allowed values, in words. */
    public String allowed() {
        return isFlag ? "true or false" : allowedNumbers();
    }

    private String allowedNumbers() {
        return (isWhole ? "a whole number from " : "a number from ") + text(least) + " to " + text(most);
    }

    /** A value as people write it: 2 and not 2.0. */
    public static String text(Object value) {
        return value instanceof Double number && Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
