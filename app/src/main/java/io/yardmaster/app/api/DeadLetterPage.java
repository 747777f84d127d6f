package io.yardmaster.app.api;

import io.yardmaster.topology.views.DeadLetter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Answer of {@code /api/dead-letters}: some dead letters, newest first.
 *
 * @param next where the next page begins; empty if there is none
 */
record DeadLetterPage(List<DeadLetter> deadLetters, Optional<String> next) {

    /**
     * The page that follows a place.
     *
     * @param letters all that are kept, newest first
     * @param after where the page before ended. If that dead letter is not kept any more, it was older than all of these,
     *     and nothing follows.
     */
    static DeadLetterPage of(List<DeadLetter> letters, Optional<String> after, int limit) {
        int start = after.map(place -> IntStream.range(0, letters.size())
                        .filter(i -> place(letters.get(i)).equals(place))
                        .map(i -> i + 1)
                        .findFirst()
                        .orElse(letters.size()))
                .orElse(0);
        List<DeadLetter> page = letters.subList(start, Math.min(letters.size(), start + limit));
        boolean more = start + page.size() < letters.size();
        return new DeadLetterPage(page, more ? Optional.of(place(page.get(page.size() - 1))) : Optional.empty());
    }

    private static String place(DeadLetter letter) {
        return letter.place().partition() + ":" + letter.place().offset();
    }
}
