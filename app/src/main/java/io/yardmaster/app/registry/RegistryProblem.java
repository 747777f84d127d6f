package io.yardmaster.app.registry;

import io.yardmaster.app.http.HttpProblem;
import java.util.List;

/** The protocol's errors. Clients tell them apart by code; the codes are {@code status * 100 + number}. */
final class RegistryProblem extends HttpProblem {
    private static final long serialVersionUID = 1L;

    private RegistryProblem(int status, int code, String message) {
        super(status, code, message);
    }

    static RegistryProblem subjectNotFound(String subject) {
        return new RegistryProblem(404, 40401, "Subject '" + subject + "' not found.");
    }

    static RegistryProblem versionNotFound(String version) {
        return new RegistryProblem(404, 40402, "Version " + version + " not found.");
    }

    static RegistryProblem schemaNotFound() {
        return new RegistryProblem(404, 40403, "Schema not found");
    }

    static RegistryProblem schemaNotFound(int id) {
        return new RegistryProblem(404, 40403, "Schema " + id + " not found");
    }

    static RegistryProblem subjectAlreadyDeleted(String subject) {
        return new RegistryProblem(404, 40404, "Subject '" + subject + "' was soft deleted already.");
    }

    static RegistryProblem subjectNotYetDeleted(String subject) {
        return new RegistryProblem(404, 40405, "Subject '" + subject + "' must be soft deleted first.");
    }

    static RegistryProblem versionAlreadyDeleted(String subject, int version) {
        return new RegistryProblem(
                404, 40406, "Subject '" + subject + "' Version " + version + " was soft deleted already.");
    }

    static RegistryProblem versionNotYetDeleted(String subject, int version) {
        return new RegistryProblem(
                404, 40407, "Subject '" + subject + "' Version " + version + " must be soft deleted first.");
    }

    static RegistryProblem noLevelOfItsOwn(String subject) {
        return new RegistryProblem(
                404, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static RegistryProblem incompatible(String subject, List<String> objections) {
        return new RegistryProblem(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                        + "\", details: " + objections);
    }

    static RegistryProblem invalidSchema(String why) {
        return new RegistryProblem(422, 42201, "Invalid schema: " + why);
    }

    static RegistryProblem invalidVersion(String version) {
        return new RegistryProblem(
                422,
                42202,
                "The specified version '" + version + "' is not a valid version id. Allowed are 1 and more, and"
                        + " \"latest\"");
    }

    static RegistryProblem invalidLevel() {
        return new RegistryProblem(
                422, 42203, "Invalid compatibility level. Allowed are " + List.of(CompatibilityLevel.values()));
    }
}
