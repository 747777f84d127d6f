package io.yardmaster.topology.policy;

import java.math.BigDecimal;

/**
 * A field of an entry: a number.
 *
 * @param name as in the policy's files and in {@code PolicyEntry.avsc}
 * @param doc an explanation for people
 */
public record PolicyField(String name, double least, double most, String doc) {

    /**
     * The value that a user typed.
     *
     * @throws InvalidPolicyException if it is not allowed
     */
    public Double parse(String text) {
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
    public Double read(Object value) {
        if (value instanceof Number number) {
            return checked(number.doubleValue(), text(value));
        }
        throw invalid(value instanceof CharSequence ? "the text '" + value + "'" : String.valueOf(value));
    }

    private Double checked(double value, String text) {
        if (!(value >= least && value <= most)) {
            throw invalid(text);
        }
        return value;
    }

    private InvalidPolicyException invalid(String instead) {
        return new InvalidPolicyException(name + " must be " + allowed() + ", not " + instead);
    }

    /** The allowed values, in words. */
    public String allowed() {
        return "a number from " + text(least) + " to " + text(most);
    }

    /** A value as people write it: 2 and not 2.0. */
    public static String text(Object value) {
        return value instanceof Double number && Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
