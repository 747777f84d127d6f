package io.yardmaster.core.state;

import org.jspecify.annotations.Nullable;

/** Values of about 1 KB that belong to one owner, each under a part and a number. */
public interface PageStore {
    byte @Nullable [] get(int part, int number);

    void put(int part, int number, byte[] page);

    void delete(int part, int number);
}
