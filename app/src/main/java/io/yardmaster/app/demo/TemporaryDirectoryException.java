package io.yardmaster.app.demo;

import java.nio.file.Path;

/** There is no place for temporary files; the message is one line that names the directory and the way out. */
public final class TemporaryDirectoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemporaryDirectoryException(Path directory, String why) {
        super("temporary directory %s %s: name another one with YARDMASTER_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY"
                .formatted(directory, why));
    }
}
