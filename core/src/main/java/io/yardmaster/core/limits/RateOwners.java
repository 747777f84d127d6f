package io.yardmaster.core.limits;

import io.yardmaster.core.state.Keys;
import io.yardmaster.core.values.LimitKeys;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A kind of things that have a rate each, and how they are named.
 *
 * @param prefix of the keys in the state
 * @param stored the key of an owner in the state
 * @param owner of such a key
 * @param key of an owner's rate, see {@link LimitKeys}
 */
record RateOwners<K>(
        Supplier<byte[]> prefix, Function<K, byte[]> stored, Function<byte[], K> owner, Function<K, String> key) {
    static final RateOwners<Long> GROUPS =
            new RateOwners<>(Keys::rates, Keys::rate, Keys::lastLong, LimitKeys::rateOfGroup);
    static final RateOwners<String> POOLS =
            new RateOwners<>(Keys::poolRates, Keys::poolRate, Keys::ratedPool, LimitKeys::rateOfPool);
}
