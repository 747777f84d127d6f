package io.yardmaster.app.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yardmaster.topology.views.DeadLetter;
import io.yardmaster.topology.views.DeadLetterTail;
import java.util.List;
import java.util.Optional;

/** Dead letters, newest first. */
final class DeadLettersJson {
    private DeadLettersJson() {}

    static ArrayNode latest(DeadLetterTail tail, int limit) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        tail.letters().stream().limit(limit).forEach(letter -> json.add(one(letter)));
        return json;
    }

    static ObjectNode page(DeadLetterTail tail, Optional<String> after, int limit) {
        List<DeadLetter> letters = tail.letters();
        int start = 0;
        if (after.isPresent()) {
            // One that is not kept any more was the oldest of all.
            start = letters.size();
            for (int i = 0; i < letters.size(); i++) {
                if (key(letters.get(i)).equals(after.get())) {
                    start = i + 1;
                }
            }
        }
        List<DeadLetter> page = letters.subList(start, Math.min(letters.size(), start + limit));
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("dead_letters");
        page.forEach(letter -> array.add(one(letter)));
        boolean more = start + page.size() < letters.size();
        return json.put("next", more ? key(page.get(page.size() - 1)) : null);
    }

    private static String key(DeadLetter letter) {
        return letter.place().partition() + ":" + letter.place().offset();
    }

    private static ObjectNode one(DeadLetter letter) {
        return Json.object()
                .put("at_ms", letter.atMs())
                .put("topic", letter.topic())
                .put("partition", letter.partition())
                .put("offset", letter.offset())
                .put("reason", letter.reason());
    }
}
