package io.yardmaster.app.work;

import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The amounts of resources that a host has: those given, and this machine's processors and memory. */
public final class HostAmounts {
    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";
    private static final Pattern ENTRY = Pattern.compile("([^=]+)=([0-9]{1,18})([KMGT]iB)?");
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,12})([KMGT]iB)");
    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");
    private static final int BITS_OF_UNIT = 10;

    private HostAmounts() {}

    /**
     * Amounts as somebody gives them, such as {@code cpu=8} or {@code memory=32GiB}. Of processors and memory this machine's amounts are
     * taken if they are not given.
     *
     * @throws IllegalArgumentException with one line, if one is wrong
     */
    public static Map<String, Long> of(List<String> given) {
        Map<String, Long> amounts = new TreeMap<>();
        for (String each : given) {
            Matcher entry = ENTRY.matcher(each);
            if (!entry.matches()) {
                throw new IllegalArgumentException(
                        "'%s' must be NAME=AMOUNT, a whole number, with KiB, MiB, GiB or TiB behind it if need be"
                                .formatted(each));
            }
            if (amounts.put(entry.group(1), amount(each, entry)) != null) {
                throw new IllegalArgumentException("%s is there twice".formatted(entry.group(1)));
            }
        }
        amounts.computeIfAbsent(CPU, name -> (long) Runtime.getRuntime().availableProcessors());
        amounts.computeIfAbsent(MEMORY, name -> memory());
        return amounts;
    }

    private static long amount(String whole, Matcher entry) {
        return amount(entry.group(2), entry.group(3))
                .orElseThrow(() -> new IllegalArgumentException("'%s' is too much".formatted(whole)));
    }

    /** The bytes of a size such as {@code 2GiB}; empty if it is none, or 0, or too large. */
    public static OptionalLong size(String text) {
        Matcher size = SIZE.matcher(text);
        return size.matches() ? amount(size.group(1), size.group(2)) : OptionalLong.empty();
    }

    /** @param unit null if there is none */
    private static OptionalLong amount(String number, String unit) {
        int bits = unit == null ? 0 : BITS_OF_UNIT * (UNITS.indexOf(unit) + 1);
        BigInteger amount = new BigInteger(number).shiftLeft(bits);
        return amount.bitLength() >= Long.SIZE ? OptionalLong.empty() : OptionalLong.of(amount.longValueExact());
    }

    /** The number of tasks that a host may run at once: one for each processor, from 1 to {@code most}. */
    public static int tasks(Map<String, Long> amounts, int most) {
        return (int) Math.max(1, Math.min(most, amounts.getOrDefault(CPU, 1L)));
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }
}
