package io.yardmaster.app.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The whole state of the registry, immutable; also the shape of its file.
 *
 * @param schemas the text of each id; never removed, as data may be anywhere
 * @param subjects the versions of each subject, ascending
 * @param compatibility where a subject has no level of its own
 */
record RegistryState(
        SortedMap<Integer, String> schemas,
        SortedMap<String, List<SubjectVersion>> subjects,
        CompatibilityLevel compatibility,
        SortedMap<String, CompatibilityLevel> subjectCompatibility) {

    static final RegistryState EMPTY =
            new RegistryState(new TreeMap<>(), new TreeMap<>(), CompatibilityLevel.BACKWARD, new TreeMap<>());

    RegistryState {
        schemas = Collections.unmodifiableSortedMap(schemas);
        subjects = Collections.unmodifiableSortedMap(subjects);
        subjectCompatibility = Collections.unmodifiableSortedMap(subjectCompatibility);
    }

    List<SubjectVersion> versions(String subject, boolean deletedToo) {
        return subjects.getOrDefault(subject, List.of()).stream()
                .filter(version -> deletedToo || !version.deleted())
                .toList();
    }

    Optional<Integer> idOf(String schema) {
        return schemas.entrySet().stream()
                .filter(entry -> entry.getValue().equals(schema))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    int highestId() {
        return schemas.isEmpty() ? 0 : schemas.lastKey();
    }

    CompatibilityLevel compatibilityOf(String subject) {
        return subjectCompatibility.getOrDefault(subject, compatibility);
    }

    RegistryState withVersion(String subject, String schema) {
        int id = idOf(schema).orElse(highestId() + 1);
        List<SubjectVersion> versions = new ArrayList<>(versions(subject, true));
        int last = versions.isEmpty() ? 0 : versions.get(versions.size() - 1).version();
        versions.add(new SubjectVersion(last + 1, id, false));
        return new RegistryState(
                changed(schemas, map -> map.put(id, schema)),
                changed(subjects, map -> map.put(subject, List.copyOf(versions))),
                compatibility,
                subjectCompatibility);
    }

    /** A subject without any version is forgotten, with its level. */
    RegistryState withVersions(String subject, List<SubjectVersion> versions) {
        if (versions.isEmpty()) {
            return new RegistryState(
                    schemas,
                    changed(subjects, map -> map.remove(subject)),
                    compatibility,
                    changed(subjectCompatibility, map -> map.remove(subject)));
        }
        return new RegistryState(
                schemas,
                changed(subjects, map -> map.put(subject, List.copyOf(versions))),
                compatibility,
                subjectCompatibility);
    }

    RegistryState withCompatibility(CompatibilityLevel level) {
        return new RegistryState(schemas, subjects, level, subjectCompatibility);
    }

    RegistryState withCompatibility(String subject, Optional<CompatibilityLevel> level) {
        return new RegistryState(
                schemas,
                subjects,
                compatibility,
                changed(
                        subjectCompatibility,
                        map -> level.ifPresentOrElse(set -> map.put(subject, set), () -> map.remove(subject))));
    }

    private static <K, V> SortedMap<K, V> changed(SortedMap<K, V> map, Consumer<SortedMap<K, V>> change) {
        SortedMap<K, V> copy = new TreeMap<>(map);
        change.accept(copy);
        return copy;
    }
}
