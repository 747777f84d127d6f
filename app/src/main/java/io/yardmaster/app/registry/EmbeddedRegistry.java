package io.yardmaster.app.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Gives schemas their ids and lets subjects evolve only as their compatibility level allows. A change that was
 * answered survives a crash. Safe for use by many threads.
 */
public final class EmbeddedRegistry {
    private final RegistryFile file;
    private volatile RegistryState state;

    private EmbeddedRegistry(RegistryFile file) {
        this.file = file;
        this.state = file.load();
    }

    /**
     * Opens the registry kept in a file.
     *
     * @param file written when something changes, with its directory
     * @throws RegistryFileException when it is there and cannot be read
     */
    public static EmbeddedRegistry open(Path file) {
        return new EmbeddedRegistry(new RegistryFile(file));
    }

    RegistryState state() {
        return state;
    }

    /** Adds a version to a subject unless the schema is one already. */
    synchronized SubjectVersion register(String subject, Schema schema) {
        Optional<SubjectVersion> known = find(subject, schema, false);
        if (known.isPresent()) {
            return known.get();
        }
        List<String> objections = objections(subject, schema, state.versions(subject, false));
        if (!objections.isEmpty()) {
            throw RegistryProblem.incompatible(subject, objections);
        }
        save(state.withVersion(subject, schema.toString()));
        return last(state.versions(subject, false));
    }

    Optional<SubjectVersion> find(String subject, Schema schema, boolean deletedToo) {
        RegistryState now = state;
        return now.idOf(schema.toString()).flatMap(id -> now.versions(subject, deletedToo).stream()
                .filter(version -> version.id() == id)
                .reduce((older, newer) -> newer));
    }

    /** A subject's versions, at least one. */
    List<SubjectVersion> versions(String subject, boolean deletedToo) {
        List<SubjectVersion> versions = state.versions(subject, deletedToo);
        if (versions.isEmpty()) {
            throw RegistryProblem.subjectNotFound(subject);
        }
        return versions;
    }

    /**
     * One version of a subject.
     *
     * @param text a number, {@code latest} or -1, which is the same
     */
    SubjectVersion version(String subject, String text, boolean deletedToo) {
        Optional<Integer> wanted = versionNumber(text);
        List<SubjectVersion> versions = versions(subject, deletedToo);
        if (wanted.isEmpty()) {
            return last(versions);
        }
        return versions.stream()
                .filter(version -> version.version() == wanted.get())
                .findFirst()
                .orElseThrow(() -> RegistryProblem.versionNotFound(text));
    }

    String schema(int id) {
        String schema = state.schemas().get(id);
        if (schema == null) {
            throw RegistryProblem.schemaNotFound(id);
        }
        return schema;
    }

    /** The reasons why a schema must not come after these versions of the subject; empty when it may. */
    List<String> objections(String subject, Schema schema, List<SubjectVersion> versions) {
        List<Schema> older =
                versions.stream().map(version -> parse(schema(version.id()))).toList();
        return state.compatibilityOf(subject).objections(schema, older);
    }

    /** Hides all versions, or removes them if that was done before. Returns their numbers. */
    synchronized List<Integer> deleteSubject(String subject, boolean permanently) {
        List<SubjectVersion> all = versions(subject, true);
        List<SubjectVersion> active = state.versions(subject, false);
        if (permanently && !active.isEmpty()) {
            throw RegistryProblem.subjectNotYetDeleted(subject);
        }
        if (!permanently && active.isEmpty()) {
            throw RegistryProblem.subjectAlreadyDeleted(subject);
        }
        delete(subject, version -> true, permanently);
        return (permanently ? all : active)
                .stream().map(SubjectVersion::version).toList();
    }

    /** Hides one version, or removes it if that was done before. Returns its number. */
    synchronized int deleteVersion(String subject, String text, boolean permanently) {
        SubjectVersion doomed = version(subject, text, versionNumber(text).isPresent());
        if (permanently && !doomed.deleted()) {
            throw RegistryProblem.versionNotYetDeleted(subject, doomed.version());
        }
        if (!permanently && doomed.deleted()) {
            throw RegistryProblem.versionAlreadyDeleted(subject, doomed.version());
        }
        delete(subject, version -> version.version() == doomed.version(), permanently);
        return doomed.version();
    }

    synchronized void setCompatibility(CompatibilityLevel level) {
        save(state.withCompatibility(level));
    }

    synchronized void setCompatibility(String subject, Optional<CompatibilityLevel> level) {
        save(state.withCompatibility(subject, level));
    }

    static Schema parse(String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw RegistryProblem.invalidSchema(e.getMessage());
        }
    }

    private void delete(String subject, Predicate<SubjectVersion> doomed, boolean permanently) {
        save(state.withVersions(
                subject,
                state.versions(subject, true).stream()
                        .filter(version -> !(permanently && doomed.test(version)))
                        .map(version -> doomed.test(version) ? version.softlyDeleted() : version)
                        .toList()));
    }

    private void save(RegistryState next) {
        file.save(next);
        state = next;
    }

    private static Optional<Integer> versionNumber(String text) {
        if (text.equals("latest") || text.equals("-1")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.parseInt(text))
                    .filter(number -> number > 0)
                    .or(() -> {
                        throw RegistryProblem.invalidVersion(text);
                    });
        } catch (NumberFormatException e) {
            throw RegistryProblem.invalidVersion(text);
        }
    }

    private static SubjectVersion last(List<SubjectVersion> versions) {
        return versions.get(versions.size() - 1);
    }
}
