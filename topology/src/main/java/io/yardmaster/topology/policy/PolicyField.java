package io.yardmaster.topology.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A field of an entry. Its values are {@code Long} if it is a whole number, {@code Double} if it is another one, {@code Boolean} if it is true or
 * false, and else {@code String}.
 *
 * @param name as in the policy's files and in {@code PolicyEntry.avsc}
 * @param least the least number
 * @param most the largest number, or the most characters of a text
 * @param words that are allowed; empty unless it is one of some words
 * @param doc an explanation for people
 * @param need another field of the entry, without which this one is ignored
 */
public record PolicyField(
        String name, Type type, double least, double most, List<String> words, String doc, Optional<Need> need) {
    /** The values of a field. */
    public enum Type {
        /** Any number in a range. */
        NUMBER,
        /** A whole number in a range. */
        WHOLE,
        /** True or false. */
        FLAG,
        /** One of some words. */
        WORD,
        /** Any text up to a length. */
        TEXT
    }

    /**
     * A field that must be set.
     *
     * @param value that it must have; empty: any
     */
    public record Need(String field, Optional<String> value) {
        private boolean isMet(Map<String, Object> fields) {
            Object present = fields.get(field);
            return present != null && (value.isEmpty() || value.get().equals(present));
        }

        @Override
        public String toString() {
            return field + value.map(word -> "=" + word).orElse("");
        }
    }

    private PolicyField(String name, Type type, double least, double most, List<String> words, String doc) {
        this(name, type, least, most, words, doc, Optional.empty());
    }

    /** The same, but ignored unless another field is set. */
    PolicyField ignoredWithout(String field) {
        return new PolicyField(name, type, least, most, words, doc, Optional.of(new Need(field, Optional.empty())));
    }

    /** The same, but ignored unless another field has this value. */
    PolicyField ignoredWithout(String field, String value) {
        return new PolicyField(name, type, least, most, words, doc, Optional.of(new Need(field, Optional.of(value))));
    }

    /** A sentence that says why this field is ignored in an entry with these fields; empty if it is not. */
    Optional<String> ignored(Map<String, Object> fields) {
        return need.filter(other -> fields.containsKey(name) && !other.isMet(fields))
                .map(other -> name + " is ignored without " + other);
    }

    /** A field that is true or false. */
    static PolicyField flag(String name, String doc) {
        return new PolicyField(name, Type.FLAG, 0, 0, List.of(), doc);
    }

    /** A field with any number in a range. */
    static PolicyField number(String name, double least, double most, String doc) {
        return new PolicyField(name, Type.NUMBER, least, most, List.of(), doc);
    }

    /** A field with a whole number in a range. */
    static PolicyField whole(String name, long least, long most, String doc) {
        return new PolicyField(name, Type.WHOLE, least, most, List.of(), doc);
    }

    /** A field with one of these words. */
    static PolicyField word(String name, List<String> words, String doc) {
        return new PolicyField(name, Type.WORD, 0, 0, words, doc);
    }

    /** A field with a text of one character or more. */
    static PolicyField text(String name, int longest, String doc) {
        return new PolicyField(name, Type.TEXT, 1, longest, List.of(), doc);
    }

    /** Returns whether the values are whole numbers. */
    public boolean isWhole() {
        return type == Type.WHOLE;
    }

    private boolean isNumber() {
        return type == Type.WHOLE || type == Type.NUMBER;
    }

    /**
     * The value that a user typed.
     *
     * @throws InvalidPolicyException if it is not allowed
     */
    public Object parse(String text) {
        if (type == Type.FLAG) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw invalid("'" + text + "'");
            };
        }
        if (!isNumber()) {
            return checkedText(text);
        }
        try {
            return checked(new BigDecimal(text), text);
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
        if (type == Type.FLAG && value instanceof Boolean) {
            return value;
        }
        if (isNumber() && value instanceof Number number) {
            double approximate = number.doubleValue();
            if (Double.isNaN(approximate) || Double.isInfinite(approximate)) {
                throw invalid(text(value));
            }
            return checked(new BigDecimal(number.toString()), text(value));
        }
        if (type != Type.FLAG && !isNumber() && value instanceof CharSequence text) {
            return checkedText(text.toString());
        }
        throw invalid(value instanceof CharSequence ? "the text '" + value + "'" : String.valueOf(value));
    }

    private Object checked(BigDecimal value, String text) {
        if (value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw invalid(text);
        }
        if (type == Type.NUMBER) {
            return value.doubleValue();
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw invalid(text);
        }
    }

    private String checkedText(String text) {
        boolean allowed = type == Type.WORD ? words.contains(text) : !text.isEmpty() && text.length() <= most;
        if (!allowed) {
            throw invalid(text.length() <= most || type == Type.WORD ? "'" + text + "'" : "one of " + text.length());
        }
        return text;
    }

    private InvalidPolicyException invalid(String instead) {
        return new InvalidPolicyException(name + " must be " + allowed() + ", not " + instead);
    }

    /** The allowed values, in words. */
    public String allowed() {
        return switch (type) {
            case NUMBER -> "a number from " + text(least) + " to " + text(most);
            case WHOLE -> "a whole number from " + text(least) + " to " + text(most);
            case FLAG -> "true or false";
            case WORD -> String.join(" or ", words);
            case TEXT -> "a text of up to " + text(most) + " characters";
        };
    }

    /** A value as people write it: 2 and not 2.0. */
    public static String text(Object value) {
        return value instanceof Double number && Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
