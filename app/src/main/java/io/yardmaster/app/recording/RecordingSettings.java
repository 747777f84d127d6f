package io.yardmaster.app.recording;

import io.yardmaster.app.settings.SettingsException;
import io.yardmaster.core.values.Policy;
import io.yardmaster.replay.InvalidDayException;
import io.yardmaster.replay.recording.RecordingHeader;
import io.yardmaster.topology.config.InvalidSettingException;
import io.yardmaster.topology.config.Labels;
import io.yardmaster.topology.config.SchedulerConfig;
import io.yardmaster.topology.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings of a deployment that have a say in the order of assignments, as a recording holds them. */
public final class RecordingSettings {
    private RecordingSettings() {}

    static SortedMap<String, String> of(SchedulerConfig config) {
        Policy policy = config.policy();
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put(Settings.FAIRNESS.key(), Labels.of(policy.fairness()));
        settings.put(Settings.ACTIVE_JOBS.key(), Integer.toString(policy.activeJobs()));
        settings.put(Settings.COMMIT_PER_CYCLE.key(), Integer.toString(policy.commitPerCycle()));
        settings.put(Settings.CLEANUP_PER_CYCLE.key(), Integer.toString(policy.cleanupPerCycle()));
        settings.put(Settings.FINALIZING_EXPIRY.key(), policy.finalizingExpiry().toMillis() + "ms");
        settings.put(Settings.DEDUP_EXPIRY.key(), policy.dedupExpiry().toMillis() + "ms");
        settings.put(Settings.REFUSED_BACKOFF.key(), policy.refusedBackoff().toMillis() + "ms");
        settings.put(Settings.TICK_INTERVAL.key(), config.tickInterval().toMillis() + "ms");
        settings.put(Settings.DISPATCH_CAPACITY.key(), config.dispatchCapacity().toString());
        return settings;
    }

    /**
     * The policy that the recorded deployment had.
     *
     * @param file for the message
     * @param changes settings that count instead of those in the recording
     * @throws SettingsException if one of the changes is not allowed
     * @throws InvalidDayException if one of the recorded settings is missing or not allowed
     */
    public static Policy policy(String file, RecordingHeader header, Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>();
        try {
            for (String key : of(SchedulerConfig.from(Map.of())).keySet()) {
                settings.put(key, header.setting(key));
            }
            SchedulerConfig.from(settings);
        } catch (InvalidSettingException | IllegalArgumentException e) {
            throw new InvalidDayException(file + ": " + e.getMessage());
        }
        changes.forEach((key, value) -> {
            if (settings.replace(key, value) == null) {
                throw new SettingsException("--set " + key + ": must be one of the recorded settings: "
                        + String.join(", ", header.settings().keySet()));
            }
        });
        try {
            return SchedulerConfig.from(settings).policy();
        } catch (InvalidSettingException e) {
            throw new SettingsException(e.getMessage() + " (--set)", e);
        }
    }
}
