package io.yardmaster.app.work;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The place where the output of commands is kept: a directory for each job, in it one for each stage, in it three files for each attempt
 * of a task, which {@link OutputFiles} names.
 */
public final class OutputDirectory {
    /** A task is not begun with less space than this, in bytes. */
    private static final long LEAST_SPACE = 1 << 20;

    private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final int NAME_LENGTH = 100;

    private final Path root;
    private final int limit;

    private OutputDirectory(Path root, int limit) {
        this.root = root;
        this.limit = limit;
    }

    /**
     * Makes the directory unless it is there, and tries to write in it.
     *
     * @param limit the bytes of each output of a command that are kept from its beginning
     * @throws IOException that says in one line why nothing can be kept there
     */
    public static OutputDirectory open(Path root, int limit) throws IOException {
        try {
            Files.createDirectories(root);
            Path probe = Files.createTempFile(root, ".probe", "");
            try {
                Files.writeString(probe, "a line\n");
            } finally {
                Files.delete(probe);
            }
            requireSpace(root);
            return new OutputDirectory(root.toAbsolutePath().normalize(), limit);
        } catch (IOException e) {
            throw new IOException(reason(e), e);
        }
    }

    /** The directory of a job, where its commands may put files of their own. */
    Path of(long job) {
        return root.resolve(String.valueOf(job));
    }

    /**
     * Makes the files of a task's attempt. Those of an earlier run of the same attempt are replaced, and whoever still writes
     * to these writes to files without a name.
     */
    OutputFiles create(StageTask task) throws IOException {
        Path stage = of(task.assignment().jobId())
                .resolve(fileName(task.command().stage(), task.command().first()));
        Files.createDirectories(stage);
        requireSpace(stage);
        return OutputFiles.create(stage, task.index() + "." + task.assignment().attempt(), limit);
    }

    /** The reason as people say it: the exceptions of the JDK name a path only, or a class. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (e instanceof FileAlreadyExistsException there) {
            return there.getFile() + ": is no directory";
        }
        boolean named = e instanceof FileSystemException || e.getClass() == IOException.class;
        return named && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    /**
     * The stage's name if it is a plain file name. Any other is made one, and the number of the stage's first task makes it
     * differ from those of all other stages.
     */
    static String fileName(String stage, int first) {
        if (SAFE_NAME.matcher(stage).matches()) {
            return stage;
        }
        String plain = stage.replaceAll("[^A-Za-z0-9._-]", "_");
        return "%s~%s"
                .formatted(
                        plain.substring(0, Math.min(plain.length(), NAME_LENGTH))
                                .replaceFirst("^\\.", "_"),
                        first);
    }

    private static void requireSpace(Path directory) throws IOException {
        long space = Files.getFileStore(directory).getUsableSpace();
        if (space < LEAST_SPACE) {
            throw new IOException("%s: only %s bytes of space are left".formatted(directory, space));
        }
    }
}
