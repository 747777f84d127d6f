package io.yardmaster.app.registry;

/**
 * One version of a subject.
 *
 * @param version counts from 1 in its subject
 * @param id of its schema, the same in all subjects
 * @param deleted softly: hidden, and no longer looked at for compatibility
 */
record SubjectVersion(int version, int id, boolean deleted) {

    SubjectVersion softlyDeleted() {
        return new SubjectVersion(version, id, true);
    }
}
