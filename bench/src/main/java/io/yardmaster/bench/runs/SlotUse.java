package io.yardmaster.bench.runs;

import java.util.Locale;

/** The part of a fleet's slots that runs tasks, in percent. */
record SlotUse(double percent) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f %% of the slots in use", percent);
    }
}
