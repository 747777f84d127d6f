package io.yardmaster.app.replay;

import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.ModelFleet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Slots of a fleet as a user writes them on the command line: the number of those of the default pool, or {@code POOL=N}.
 *
 * @param ofDefault empty if the user does not say it
 * @param ofPools by pool
 */
public record SlotWords(OptionalInt ofDefault, SortedMap<String, Integer> ofPools) {
    /** Keeps a copy. */
    public SlotWords {
        ofPools = Collections.unmodifiableSortedMap(new TreeMap<>(ofPools));
    }

    /**
     * Reads such texts.
     *
     * @throws InvalidDayException if one makes no sense, or two are about the same pool
     */
    public static SlotWords parse(List<String> texts) {
        OptionalInt ofDefault = OptionalInt.empty();
        SortedMap<String, Integer> ofPools = new TreeMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            int slots = number(text, text.substring(equals + 1));
            if (equals == 0) {
                throw wrong(text);
            }
            boolean isKnown =
                    equals < 0 ? ofDefault.isPresent() : ofPools.put(text.substring(0, equals), slots) != null;
            if (isKnown) {
                throw new InvalidDayException("--slots=%s: there is another one for the same pool".formatted(text));
            }
            ofDefault = equals < 0 ? OptionalInt.of(slots) : ofDefault;
        }
        return new SlotWords(ofDefault, ofPools);
    }

    private static int number(String text, String number) {
        if (number.matches("[0-9]{1,9}")) {
            int slots = Integer.parseInt(number);
            if (slots >= 1 && slots <= ModelFleet.MOST_SLOTS) {
                return slots;
            }
        }
        throw wrong(text);
    }

    private static InvalidDayException wrong(String text) {
        return new InvalidDayException("--slots=%s: must be a number from 1 to %s, or POOL=N with such a number"
                .formatted(text, ModelFleet.MOST_SLOTS));
    }
}
