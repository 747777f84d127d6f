package io.yardmaster.app.console;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects in few words. */
final class JsonText {
    private JsonText() {}

    /** An object with these names and values in turn; values may be null. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
